package dev.wonflow.sandbox.payout;

import dev.wonflow.runtime.IdSource;
import java.math.BigInteger;
import org.springframework.stereotype.Component;

/** Mints ids that look like those of Toss. */
@Component
class PayoutMint {

    private final IdSource ids;

    PayoutMint(IdSource ids) {
        this.ids = ids;
    }

    String sellerId() {
        return "seller_" + letters();
    }

    String payoutId() {
        return "FPA_" + letters();
    }

    private String letters() {
        BigInteger number = new BigInteger(ids.next().toString().replace("-", ""), 16);
        return "%26s".formatted(number.toString(32)).replace(' ', '0');
    }
}
