package dev.wonflow.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.EnumSet;
import java.util.Set;

/**
 * The key that signs tokens. It is kept in a file, so that a token and what a service remembers of the issuer outlive
 * its restart.
 */
final class SigningKey {

    private static final int BITS = 2048;

    private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private SigningKey() {}

    /**
     * Reads the key, or makes it at the first start.
     *
     * @throws StartRefused if others could have read it, or it cannot be used
     */
    static RSAKey in(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            requireUnseen(file);
            return read(file);
        } catch (IOException e) {
            throw new StartRefused(
                    "wonflow.issuer.key-file: " + file + " cannot be read or made (" + e.getMessage() + ")",
                    "Name a file in a folder that may be written to.",
                    e);
        }
    }

    /** Under its name only when it is whole, and never for a moment readable by others. */
    private static void make(Path file) throws IOException {
        Path folder = file.toAbsolutePath().resolve("..").normalize();
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(folder, "key-", ".unfinished", FOR_OWNER);
        try {
            Files.writeString(unfinished, generate().toJSONString());
            Files.createLink(file, unfinished);
        } catch (FileAlreadyExistsException _) {
            // Another start was faster; its key is the one.
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("RSA key of " + BITS + " bits: not made", e);
        }
    }

    private static void requireUnseen(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNERS.containsAll(permissions)) {
            throw new StartRefused(
                    "wonflow.issuer.key-file: " + file + " has the permissions "
                            + PosixFilePermissions.toString(permissions) + " (expected: rw-------)",
                    "Others could have read the key. Delete the file: the next start makes a new one, and tokens signed"
                            + " with the old one are refused from then on.");
        }
    }

    private static RSAKey read(Path file) throws IOException {
        try {
            RSAKey key = RSAKey.parse(Files.readString(file));
            if (!key.isPrivate() || key.size() < BITS) {
                throw new ParseException("no private RSA key of " + BITS + " bits or more", 0);
            }
            return key;
        } catch (ParseException | IllegalArgumentException e) {
            throw new StartRefused(
                    "wonflow.issuer.key-file: " + file + " is not a key in the form of a JWK",
                    "Delete the file: the next start makes a new one, and tokens signed with the old one are refused from"
                            + " then on.",
                    e);
        }
    }
}
