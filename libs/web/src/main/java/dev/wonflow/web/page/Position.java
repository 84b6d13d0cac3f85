package dev.wonflow.web.page;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A place in a list that is sorted by a moment and, where moments are alike, by id. What is new later does not move it,
 * as a count of rows would be moved.
 *
 * @param at as exact as PostgreSQL keeps it: microseconds
 */
public record Position(Instant at, UUID id) {

    private static final byte FORM = 1;
    private static final int PLAIN_BYTES = 1 + Long.BYTES + 2 * Long.BYTES;
    private static final int BYTES = PLAIN_BYTES + Integer.BYTES;

    /** The last moment of the year 9999. */
    private static final long LAST_MICROS = 253_402_300_799_999_999L;

    public Position {
        at = at.truncatedTo(ChronoUnit.MICROS);
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
        if (micros < 0 || micros > LAST_MICROS) {
            throw new IllegalArgumentException("position: at " + at + " (expected: from 1970 to 9999)");
        }
    }

    /**
     * Writes it for a caller to bring back. It ends with a checksum and is not signed: a cursor that was changed on its
     * way is found out, and one made up with care says nothing that its maker may not choose.
     */
    String cursor() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .put(FORM)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        ByteBuffer.wrap(bytes).putInt(PLAIN_BYTES, checksum(bytes));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Reads what a caller brings back.
     *
     * @throws IllegalArgumentException if it is nothing that {@link #cursor} ever wrote
     */
    static Position of(String cursor) {
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length != BYTES || buffer.get() != FORM || buffer.getInt(PLAIN_BYTES) != checksum(bytes)) {
            throw new IllegalArgumentException("cursor: of another form (expected: one of ours)");
        }
        long micros = buffer.getLong();
        if (micros < 0 || micros > LAST_MICROS) {
            throw new IllegalArgumentException("cursor: at no moment (expected: one of ours)");
        }
        Position position = new Position(
                Instant.EPOCH.plus(micros, ChronoUnit.MICROS), new UUID(buffer.getLong(), buffer.getLong()));
        if (!position.cursor().equals(cursor)) {
            throw new IllegalArgumentException("cursor: written otherwise (expected: one of ours)");
        }
        return position;
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, PLAIN_BYTES);
        return (int) checksum.getValue();
    }
}
