package dev.wonflow.local.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The log of one part: of this run, with that of the run before kept beside it. */
public final class PartLog {

    private static final int TAIL_BYTES = 64 * 1024;
    private static final int LINE_LENGTH = 400;

    /** As Spring Boot, Kafka and PostgreSQL mark their errors. */
    private static final Pattern ERROR = Pattern.compile("\\b(ERROR|FATAL|PANIC)\\b");

    private final Path file;

    public PartLog(Path file) {
        this.file = file;
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /** Makes room for a new run. */
    void rotate() throws IOException {
        Files.createDirectories(file.resolve("..").normalize());
        if (Files.exists(file)) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The last lines that say something: without frames of stack traces, and of causes only the innermost. */
    public List<String> lastLines(int count) throws IOException {
        List<String> lines = tail().lines()
                .filter(line -> !line.isBlank())
                .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t..."))
                .map(PartLog::cut)
                .toList();
        int innermost = IntStream.range(0, lines.size())
                .filter(line -> lines.get(line).startsWith("Caused by:"))
                .max()
                .orElse(0);
        return lines.subList(Math.max(innermost, lines.size() - count), lines.size());
    }

    /** The last line that tells of an error, with the innermost cause that follows it if there is one. */
    public Optional<String> lastError() throws IOException {
        List<String> lines = tail().lines().toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (ERROR.matcher(lines.get(i)).find()) {
                String cause = lines.subList(i + 1, lines.size()).stream()
                        .filter(line -> line.startsWith("Caused by:"))
                        .reduce("", (_, later) -> "\n  " + cut(later));
                return Optional.of(cut(lines.get(i)) + cause);
            }
        }
        return Optional.empty();
    }

    private static String cut(String line) {
        return line.length() > LINE_LENGTH ? line.substring(0, LINE_LENGTH) + " …" : line;
    }

    private String tail() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, in.length() - TAIL_BYTES);
            in.seek(start);
            byte[] bytes = new byte[(int) (in.length() - start)];
            in.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return start == 0 ? text : text.substring(text.indexOf('\n') + 1);
        }
    }
}
