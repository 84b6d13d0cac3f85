package dev.wonflow.local.archive;

import dev.wonflow.local.stack.JavaProgram;
import dev.wonflow.local.stack.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The classes of some libraries, loaded and checked beforehand, for every program whose class path begins with these
 * libraries. It belongs to them, to the list of classes and to the JDK, and not to our own code: it outlives builds.
 * Without it a program starts slower, and not otherwise.
 */
public final class LibraryArchive {

    private static final String CLASSES = "classes.txt";
    private static final String PROGRAM = "ClassLoading.class";
    private static final int LIMIT_SECONDS = 300;

    private final StateFolder state;
    private final String name;
    private final List<Path> classPath;
    private final Path file;

    private LibraryArchive(StateFolder state, String name, List<Path> classPath, Path file) {
        this.state = state;
        this.name = name;
        this.classPath = classPath;
        this.file = file;
    }

    /**
     * The archive of these libraries.
     *
     * @param name by which the list of classes knows it; {@code list-classes} makes the list
     * @param libraries jars, in the order of the class path
     */
    public static LibraryArchive of(StateFolder state, String name, List<Path> libraries) throws IOException {
        Path folder = Files.createDirectories(state.cache().resolve("classes"));
        List<Path> classPath = new ArrayList<>();
        classPath.add(program(folder));
        classPath.addAll(libraries);
        return new LibraryArchive(
                state, name, List.copyOf(classPath), folder.resolve(name + "-" + fingerprint(classPath) + ".jsa"));
    }

    /** What the class path of a program that uses it begins with. */
    public List<Path> classPath() {
        return classPath;
    }

    /** Options of a virtual machine that uses it; it is made first if it is not there. */
    public List<String> options() throws IOException, InterruptedException {
        if (!Files.exists(file) && !Files.exists(failed())) {
            make();
        }
        return optionsIfMade();
    }

    /** The same for a program that does not make it, as another one with these libraries does. */
    public List<String> optionsIfMade() {
        if (!Files.exists(file)) {
            // To name one that is not there would switch the JDK's own archive off as well.
            return List.of();
        }
        return List.of(
                "-XX:SharedArchiveFile=" + file,
                // An archive that cannot be used is no concern of those who read the log.
                "-Xlog:cds=off",
                "-Xlog:aot=off");
    }

    /** Under its name only when it is whole. What cannot be made is not tried again before something changes. */
    private void make() throws IOException, InterruptedException {
        deleteOlder();
        Path unfinished = Files.createTempFile(file.resolveSibling("."), name + "-", ".unfinished");
        Files.delete(unfinished);
        Path log = Files.createDirectories(state.logs()).resolve("classes-" + name + ".log");
        List<String> command = JavaProgram.of(state, "classes-of-" + name)
                .command(
                        List.of("-XX:ArchiveClassesAtExit=" + unfinished, "-Xlog:cds=error", "-Xlog:aot=error"),
                        List.of(
                                ClassPathFile.write(file.resolveSibling(name + ".path"), classPath),
                                ClassLoading.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (OutputStream names = process.getOutputStream()) {
            names.write(classes().getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // It ended early; its exit code tells.
        }
        try {
            boolean made = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            if (made && Files.exists(unfinished)) {
                Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.writeString(failed(), "see " + log + "; delete this file to have it tried again\n");
            }
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(unfinished);
        }
    }

    private Path failed() {
        return file.resolveSibling(file.getFileName() + ".failed");
    }

    /** The lines of the list's sections that name this archive. */
    private String classes() throws IOException {
        StringBuilder classes = new StringBuilder();
        boolean ours = false;
        for (String line :
                new String(resource(CLASSES), StandardCharsets.UTF_8).lines().toList()) {
            if (line.startsWith("[")) {
                ours = Arrays.asList(line.substring(1, line.length() - 1).split(" ", -1))
                        .contains(name);
            } else if (ours) {
                classes.append(line).append('\n');
            }
        }
        return classes.toString();
    }

    private void deleteOlder() throws IOException {
        try (Stream<Path> archives = Files.list(file.resolveSibling("."))) {
            for (Path archive : archives.toList()) {
                if (archive.getFileName().toString().matches(name + "-[0-9a-f]+\\.jsa(\\.failed)?")) {
                    Files.delete(archive);
                }
            }
        }
    }

    /** The jar of the program that loads classes, which changes only with it: its time counts too. */
    private static Path program(Path folder) throws IOException {
        byte[] program = resource(PROGRAM);
        CRC32C checksum = new CRC32C();
        checksum.update(program);
        Path jar = folder.resolve("loading-" + Long.toHexString(checksum.getValue()) + ".jar");
        if (!Files.exists(jar)) {
            Path unfinished = Files.createTempFile(folder, "loading-", ".unfinished");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(unfinished))) {
                out.putNextEntry(new JarEntry(ClassLoading.class.getName().replace('.', '/') + ".class"));
                out.write(program);
                out.closeEntry();
            }
            Files.move(unfinished, jar, StandardCopyOption.ATOMIC_MOVE);
        }
        return jar;
    }

    /** Of everything that a virtual machine compares before it uses an archive, and of what the archive holds. */
    private static String fingerprint(List<Path> classPath) throws IOException {
        CRC32C checksum = new CRC32C();
        checksum.update(resource(CLASSES));
        StringBuilder rest = new StringBuilder(Runtime.version() + " " + System.getProperty("java.home"));
        for (Path library : classPath) {
            rest.append('\n').append(library).append(' ').append(Files.size(library));
            rest.append(' ').append(Files.getLastModifiedTime(library).toMillis());
        }
        checksum.update(rest.toString().getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(checksum.getValue());
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = LibraryArchive.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + ": is not in the launcher's jar (expected: beside LibraryArchive)");
            }
            return in.readAllBytes();
        }
    }
}
