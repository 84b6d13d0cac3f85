package dev.wonflow.sandbox.mint;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.merchant.Merchant;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Mints keys and numbers that look like those of Toss. */
@Component
public class Mint {

    private static final String ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";

    /** Digits of base 32 that are not mistaken for each other. */
    private static final String BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int DIGITS_OF_A_TIME = 10;
    private static final int DIGITS_OF_CHANCE = 16;

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private final IdSource ids;

    Mint(IdSource ids) {
        this.ids = ids;
    }

    /** Five characters of the merchant, the second, and five characters of chance: two can be equal. */
    public String paymentKey(Merchant merchant, Instant now) {
        String mId = merchant.mId();
        return mId.substring(0, Math.min(5, mId.length())) + SECONDS.format(now) + random(5, ALPHANUMERIC);
    }

    /**
     * 32 characters: hexadecimal for a virtual account, and for everything else a time and chance behind letters that
     * never change. Seen.
     */
    public String transactionKey(PaymentMethod method) {
        UUID id = ids.next();
        return method == PaymentMethod.VIRTUAL_ACCOUNT
                ? id.toString().replace("-", "").toUpperCase(Locale.ROOT)
                : "txrd_a" + time(id) + random(DIGITS_OF_CHANCE, BASE_32);
    }

    /** The milliseconds an id begins with, in base 32. */
    private static String time(UUID id) {
        long millis = id.getMostSignificantBits() >>> 16;
        StringBuilder time = new StringBuilder();
        for (int digit = DIGITS_OF_A_TIME - 1; digit >= 0; digit--) {
            time.append(BASE_32.charAt((int) (millis >>> (5 * digit)) & 31));
        }
        return time.toString();
    }

    /** 31 characters. Seen. */
    public String secret() {
        return "ps_" + random(28, ALPHANUMERIC);
    }

    /** No card company is asked for a test payment, and none approves it. Seen. */
    public static String approveNo() {
        return "00000000";
    }

    /** Eight digits, as a gift certificate is used up under. */
    public String certificateNo() {
        return random(8, DIGITS);
    }

    /** Nine digits, as the tax office numbers cash receipts. */
    public String issueNumber() {
        return random(9, DIGITS);
    }

    /** 48 characters. Seen. */
    public String receiptKey() {
        return random(48, ALPHANUMERIC);
    }

    /** Test accounts begin with X, so that nobody pays into them. */
    public String accountNumber() {
        return "X" + random(13, DIGITS);
    }

    private String random(int length, String alphabet) {
        // Ids minted in one millisecond differ in few bits; a generator seeded with them hides that.
        SplittableRandom chance = new SplittableRandom(ids.next().getLeastSignificantBits());
        return chance.ints(length, 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
