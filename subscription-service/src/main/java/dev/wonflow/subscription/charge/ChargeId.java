package dev.wonflow.subscription.charge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Identity of a charge. It follows from the invoice and the number of the attempt, so that whoever writes the same
 * attempt, and however often, asks payment-service for the same charge.
 */
public record ChargeId(UUID value) {

    /**
     * The charge of an attempt.
     *
     * @param invoice id of the invoice that is to be paid
     * @param attempt 1 for the first
     */
    public static ChargeId of(UUID invoice, int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt: " + attempt + " (expected: 1 or more)");
        }
        return new ChargeId(named(invoice, "charge:" + attempt));
    }

    /** A UUID of version 5 (RFC 9562, 5.5). */
    static UUID named(UUID namespace, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer named = ByteBuffer.allocate(Long.BYTES * 2 + text.length)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .put(text);
        ByteBuffer digest = ByteBuffer.wrap(sha1(named.array()));
        long most = (digest.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
        long least = (digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    private static byte[] sha1(byte[] named) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(named);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1: missing (expected: in every Java platform)", e);
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
