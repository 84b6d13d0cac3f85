package dev.wonflow.local.process;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * Remembers on disk which processes were started, one small file for each. A record is believed only while a process
 * with that pid runs, started when the record says, and carries the mark of its starter among its arguments.
 */
public final class ProcessRecords {

    private final Path folder;

    public ProcessRecords(Path folder) {
        this.folder = folder;
    }

    /**
     * A process on record that still runs.
     *
     * @param port where it listens
     * @param provenHealthy whether it has been healthy at any time since its start
     */
    public record Found(LiveProcess process, int port, boolean provenHealthy) {}

    /** Writes down a process that was just started, replacing the last one of that name. */
    public void keep(String name, LiveProcess process, int port) {
        write(name, new Found(process, port, false));
    }

    /** Adds to the record of a running process that it has become healthy. */
    public void proveHealthy(String name) {
        read(name)
                .filter(found -> !found.provenHealthy())
                .ifPresent(found -> write(name, new Found(found.process(), found.port(), true)));
    }

    private void write(String name, Found found) {
        LiveProcess process = found.process();
        Properties record = new Properties();
        record.setProperty("pid", Long.toString(process.pid()));
        record.setProperty("started", Long.toString(process.startedAt().toEpochMilli()));
        record.setProperty("port", Integer.toString(found.port()));
        record.setProperty("healthy", Boolean.toString(found.provenHealthy()));
        Path file = file(name);
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(folder);
            try (Writer out = Files.newBufferedWriter(written)) {
                record.store(out, name);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("process record " + file + ": cannot be written", e);
        }
    }

    /**
     * Finds the running process of that name.
     *
     * @param mark the argument that only our process of that name carries
     */
    public Optional<Found> find(String name, String mark) {
        return read(name)
                .filter(found -> found.process().isAlive() && found.process().hasArgument(mark));
    }

    /** Tells whether a record exists, of a process that may have ended meanwhile. */
    public boolean isKept(String name) {
        return Files.exists(file(name));
    }

    /** Deletes the record, if there is one. */
    public void forget(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException("process record " + file(name) + ": cannot be deleted", e);
        }
    }

    private Optional<Found> read(String name) {
        Path file = file(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties record = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            record.load(in);
            return Optional.of(new Found(
                    new LiveProcess(
                            Long.parseLong(record.getProperty("pid")),
                            Instant.ofEpochMilli(Long.parseLong(record.getProperty("started")))),
                    Integer.parseInt(record.getProperty("port")),
                    Boolean.parseBoolean(record.getProperty("healthy"))));
        } catch (NumberFormatException _) {
            return Optional
                    .empty(); // Cut short by a full disk, say; the search by mark finds the process all the same.
        } catch (IOException e) {
            throw new UncheckedIOException("process record " + file + ": cannot be read", e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".properties");
    }
}
