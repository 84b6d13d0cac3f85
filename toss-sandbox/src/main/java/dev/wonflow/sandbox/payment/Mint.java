package dev.wonflow.sandbox.payment;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.merchant.Merchant;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Mints keys and numbers that look like those of Toss. */
@Component
class Mint {

    private static final String ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private final IdSource ids;

    Mint(IdSource ids) {
        this.ids = ids;
    }

    /** Five characters of the merchant, the second, and five characters of chance: two can be equal. */
    String paymentKey(Merchant merchant, Instant now) {
        String mId = merchant.mId();
        return mId.substring(0, Math.min(5, mId.length())) + SECONDS.format(now) + random(5, ALPHANUMERIC);
    }

    String transactionKey() {
        return ids.next().toString().replace("-", "").toUpperCase(Locale.ROOT);
    }

    String secret() {
        return "ps_" + random(16, ALPHANUMERIC);
    }

    String approveNo() {
        return random(8, DIGITS);
    }

    /** Nine digits, as the tax office numbers cash receipts. */
    private String issueNumber() {
        return random(9, DIGITS);
    }

    IssuedCashReceipt cashReceipt(CashReceiptRequest request, Instant now) {
        return new IssuedCashReceipt(
                request.type(), random(44, ALPHANUMERIC), issueNumber(), request.registrationNumber(), now);
    }

    /** Test accounts begin with X, so that nobody pays into them. */
    String accountNumber() {
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
