package dev.wonflow.payment.reconciliation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A day on which the books agree. Its hash is of its own figures and of the hash of the day before, so that no earlier
 * day can be changed unnoticed.
 *
 * @param day in Seoul
 * @param previousHash of the day before; {@value #NONE} for the first
 */
public record DayReport(
        UUID id, LocalDate day, boolean livemode, Figures figures, String previousHash, Instant closedAt) {

    /** What the first day follows. */
    public static final String NONE = "-";

    /**
     * Sums in won.
     *
     * @param orders how many orders had something on that day
     * @param reversed what banks took back
     * @param settled what Toss settled of sales, less what it settled of refunds; so are fees, VAT and payouts
     */
    public record Figures(
            long orders,
            long captured,
            long reversed,
            long refunded,
            long settled,
            long fees,
            long vat,
            long payouts) {}

    /** SHA-256 of the line that {@link #text} writes, in hexadecimal. */
    public String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: unknown to this JVM (expected: known to all)", e);
        }
    }

    /** Everything but the hash, as it is hashed; for whoever wants to check it. */
    public String text() {
        return String.join(
                "|",
                previousHash,
                day.toString(),
                livemode ? "live" : "test",
                Long.toString(figures.orders),
                Long.toString(figures.captured),
                Long.toString(figures.reversed),
                Long.toString(figures.refunded),
                Long.toString(figures.settled),
                Long.toString(figures.fees),
                Long.toString(figures.vat),
                Long.toString(figures.payouts));
    }
}
