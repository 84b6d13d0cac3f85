package dev.wonflow.local.postgres;

import dev.wonflow.local.Trouble;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL programs, unpacked once from the archive that Maven brought for this kind of machine. */
final class PostgresBinaries {

    private static final int EXECUTE_BY_OWNER = 0100;

    private final Path cache;

    /**
     * Creates it.
     *
     * @param cache where to unpack; kept between runs
     */
    PostgresBinaries(Path cache) {
        this.cache = cache;
    }

    /** Unpacks the programs unless they are there, and answers the folder that holds {@code bin}. */
    Path unpacked() throws IOException {
        String archive = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
        URL packed = PostgresBinaries.class.getResource("/" + archive);
        if (packed == null) {
            throw new Trouble("PostgreSQL for this machine (" + archive + ") is not among the jars Maven brought."
                    + "\nWonflow's local stack runs on Linux with glibc and on macOS, on x86-64 and ARM64.");
        }
        // The size tells versions apart well enough; reading the archive to hash it would cost every start.
        Path folder = cache.resolve("postgres-" + packed.openConnection().getContentLengthLong());
        if (!Files.exists(folder)) {
            unpack(packed, folder);
        }
        return folder;
    }

    static String archiveName(String os, String architecture) {
        String system = os.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = architecture.equals("aarch64") ? "arm_64" : "x86_64";
        return "postgres-" + system + "-" + machine + ".txz";
    }

    /** Unpacks beside the goal and renames, so that a run cut short leaves nothing that looks whole. */
    private static void unpack(URL packed, Path folder) throws IOException {
        Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
        deleteTree(unfinished);
        Files.createDirectories(unfinished);
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed.openStream())))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = unfinished.resolve(entry.getName()).normalize();
                if (!target.startsWith(unfinished)) {
                    throw new IOException(
                            "archive entry: " + entry.getName() + " (expected: a path inside the archive)");
                }
                write(tar, entry, target);
            }
        }
        Files.move(unfinished, folder);
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolve("..").normalize());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            if ((entry.getMode() & EXECUTE_BY_OWNER) != 0 && !target.toFile().setExecutable(true, false)) {
                throw new IOException(target + ": cannot be made executable");
            }
        }
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
