package dev.wonflow.payment.payment;

import dev.wonflow.payment.gateway.GatewayAccount;
import dev.wonflow.payment.gateway.Remittance;
import java.time.Duration;
import java.time.Instant;

/**
 * The account of a payment, as Toss said last. Immutable.
 *
 * @param remittance how far what was refunded has come to the buyer
 * @param remittanceSince since when, as far as we have seen
 */
public record KeptAccount(GatewayAccount account, Remittance remittance, Instant remittanceSince) {

    /**
     * Two business days are usual, and nine where the bank looks closer; what has failed may be sent again by hand for
     * as long as anybody remembers it.
     */
    private static final Duration FOLLOWED = Duration.ofDays(30);

    /** Whether there is something to be seen yet, once money has gone back. */
    boolean isFollowed() {
        return remittance != Remittance.COMPLETED;
    }

    /** Whether it has been the same for so long that looking is of no use any more. */
    boolean isOld(Instant now) {
        return now.isAfter(remittanceSince.plus(FOLLOWED));
    }
}
