package dev.wonflow.local.spring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Tells builds of a jar apart. */
final class Fingerprint {

    private static final int CHUNK_BYTES = 1 << 20;

    private Fingerprint() {}

    /** Names the content of a jar; builds are reproducible, so every jar has the same time, and often the same size. */
    static String of(Path jar) throws IOException {
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
