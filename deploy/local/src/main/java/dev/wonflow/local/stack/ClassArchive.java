package dev.wonflow.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/** Archives of loaded classes, with which a virtual machine starts in about half the time. */
public final class ClassArchive {

    private static final int CHUNK_BYTES = 1 << 20;

    private ClassArchive() {}

    /**
     * Options that use an archive, and let the virtual machine make it at its end if there is none that fits.
     *
     * @param archive in a folder or under a name that belongs to one build
     */
    public static List<String> options(Path archive) {
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + archive,
                // An archive that cannot be used or made is no concern of whoever reads the log.
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off");
    }

    /** Names the content of a jar; builds are reproducible, so every jar has the same time, and often the same size. */
    public static String fingerprint(Path jar) throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = Files.newInputStream(jar)) {
            for (int read = in.read(chunk); read > 0; read = in.read(chunk)) {
                checksum.update(chunk, 0, read);
            }
        }
        return Long.toHexString(checksum.getValue()) + "-" + Files.size(jar);
    }
}
