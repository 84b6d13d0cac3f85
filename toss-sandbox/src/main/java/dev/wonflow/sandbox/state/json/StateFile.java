package dev.wonflow.sandbox.state.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wonflow.sandbox.state.Books;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The books as a file: a JSON object of version, time and parts. It is replaced as a whole or not at all, and only its
 * owner may read it. While it is open, no other sandbox can open it.
 */
final class StateFile implements AutoCloseable {

    /** Grows when what an earlier build wrote can no longer be read, or the other way round. */
    static final int VERSION = 2;

    /** Bytes of a hundred payments; the default would be five. */
    private static final int BUFFER = 128 * 1024;

    private static final Set<StandardOpenOption> FRESH =
            EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;

    /** What is being written. Whatever a crash left of it is taken away by the next writing. */
    private final Path fresh;

    private final FileChannel lockFile;
    private final JsonMapper mapper;

    /** Whether a thread waits for what is written. */
    private volatile boolean hurried;

    private StateFile(Path file, FileChannel lockFile, JsonMapper mapper) {
        this.file = file;
        this.fresh = folderOf(file).resolve(file.getFileName() + ".new");
        this.lockFile = lockFile;
        this.mapper = mapper;
    }

    /**
     * Opens the file, which need not be there yet.
     *
     * @param known what its JSON is made with besides records
     * @throws IllegalStateException if another sandbox has it open
     */
    static StateFile open(Path path, List<StateJson> known) throws IOException {
        // Where a link leads to is what is replaced, never the link.
        Path file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path folder = folderOf(file);
        Files.createDirectories(folder);
        FileChannel lockFile = FileChannel.open(
                folder.resolve(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(lockFile)) {
            lockFile.close();
            throw new IllegalStateException(
                    "wonflow.sandbox.state-file: " + file + " (expected: a file no other sandbox uses)");
        }
        return new StateFile(file, lockFile, mapper(known));
    }

    private static JsonMapper mapper(List<StateJson> known) {
        JsonMapper.Builder mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // A part is followed by the next one.
                .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // A record is its components: what it says of them besides is not written, and could not be read.
                .changeDefaultVisibility(visible -> visible.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
                // Half of a payment is what it does not have; what is not there is read as null.
                .changeDefaultPropertyInclusion(included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
                // What was written has yet to be forced to disk.
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET);
        known.forEach(part -> part.addTo(mapper));
        return mapper.build();
    }

    private static boolean isLocked(FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    /**
     * Reads the file; null if there is none.
     *
     * @throws IllegalStateException if it cannot be understood; it is left as it is
     */
    Books.@Nullable Copy read(Books books) throws IOException {
        if (Files.notExists(file)) {
            return null;
        }
        // Part by part, since all of it as a tree would take many times the memory of the books.
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                JsonParser json = mapper.createParser(in)) {
            return read(json, books);
        } catch (JacksonException | DateTimeException e) {
            IllegalStateException unreadable = unreadable("not to be read (expected: what a sandbox wrote): "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            unreadable.initCause(e);
            throw unreadable;
        }
    }

    private Books.Copy read(JsonParser json, Books books) {
        int version = 0;
        String at = "";
        String ahead = "";
        Map<String, Record> parts = new LinkedHashMap<>();
        expect(json.nextToken() == JsonToken.START_OBJECT, "an object");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "version" -> {
                    version = json.getIntValue();
                    if (version != VERSION) {
                        throw unreadable("version " + version + " (expected: " + VERSION
                                + "; another build of the sandbox wrote it, and can read it)");
                    }
                }
                case "at" -> at = json.getString();
                case "ahead" -> ahead = json.getString();
                case "books" -> {
                    expect(version == VERSION, "a version before everything else");
                    readParts(json, books, parts);
                }
                default -> expect(false, "no field " + name);
            }
        }
        expect(version == VERSION && json.nextToken() == null, "one object with a version and nothing after it");
        return new Books.Copy(Instant.parse(at), Duration.parse(ahead), parts);
    }

    private void readParts(JsonParser json, Books books, Map<String, Record> parts) {
        expect(json.currentToken() == JsonToken.START_OBJECT, "books that are an object");
        for (String part = json.nextName(); part != null; part = json.nextName()) {
            String name = part;
            Class<? extends Record> type = books.typeOf(name)
                    .orElseThrow(() -> unreadable("part " + name + " (expected: a part this sandbox has)"));
            json.nextToken();
            parts.put(name, mapper.readValue(json, type));
        }
    }

    private void expect(boolean is, String what) {
        if (!is) {
            throw unreadable("not to be read (expected: " + what + ")");
        }
    }

    /** What to say of a file that cannot be understood. */
    IllegalStateException unreadable(String what) {
        return new IllegalStateException("wonflow.sandbox.state-file: " + file + ": " + what
                + ". The file is left as it is; move it away to start with empty books.");
    }

    /** Replaces the file. After a crash at any moment there is the old one or the new one, never half of one. */
    void write(Books.Copy copy) throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("version", VERSION);
        root.put("at", copy.at());
        root.put("ahead", copy.ahead());
        root.put("books", copy.parts());
        Files.deleteIfExists(fresh);
        try {
            try (FileChannel channel = FileChannel.open(fresh, FRESH, ownersAlone());
                    OutputStream out =
                            new BufferedOutputStream(new Unhurried(Channels.newOutputStream(channel)), BUFFER)) {
                mapper.writeValue(out, root);
                out.flush();
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        // The name is on disk only when its folder is.
        try (FileChannel folder = FileChannel.open(folderOf(file), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** From now on writes as fast as it can, also what is being written. */
    void hurry() {
        hurried = true;
    }

    /** Leaves the processor to others most of the time: calls are waited for, and what it writes is not. */
    private final class Unhurried extends FilterOutputStream {

        private static final int REST_TO_WORK = 3;

        /** A writer that was kept from working need not rest as long. */
        private static final long LONGEST_REST_NANOS = 20_000_000;

        private long workingSince = System.nanoTime();

        Unhurried(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            if (!hurried) {
                long worked = System.nanoTime() - workingSince;
                LockSupport.parkNanos(Math.min(worked * REST_TO_WORK, LONGEST_REST_NANOS));
                workingSince = System.nanoTime();
            }
        }
    }

    private static FileAttribute<?>[] ownersAlone() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static Path folderOf(Path file) {
        Path folder = file.getParent();
        return folder == null ? file : folder;
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
