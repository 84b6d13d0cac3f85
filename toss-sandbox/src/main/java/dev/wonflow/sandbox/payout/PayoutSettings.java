package dev.wonflow.sandbox.payout;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of payouts. A duration of zero means that nothing happens until the control API says so.
 *
 * @param startingBalance what a merchant can pay out before anything was settled, in won
 * @param identifyAfter how long after its registration a person proves who they are
 * @param knowAfter how long after it was demanded the examination of a seller (KYC) is passed
 * @param startAfter how long after it is due a payout is started; until then it can be cancelled
 * @param finishAfter how long after its start the bank has transferred a payout
 * @param sellerCapacity number of sellers kept, deleted ones too; beyond it the oldest is forgotten
 * @param capacity number of payouts kept; beyond it the oldest is forgotten
 */
@ConfigurationProperties("wonflow.sandbox.payout")
record PayoutSettings(
        @DefaultValue("100000000") long startingBalance,
        @DefaultValue("10m") Duration identifyAfter,
        @DefaultValue("24h") Duration knowAfter,
        @DefaultValue("1m") Duration startAfter,
        @DefaultValue("1m") Duration finishAfter,
        @DefaultValue("10000") int sellerCapacity,
        @DefaultValue("10000") int capacity) {

    PayoutSettings {
        if (startingBalance < 0) {
            throw new IllegalArgumentException(
                    "wonflow.sandbox.payout.starting-balance: " + startingBalance + " (expected: >= 0)");
        }
        if (identifyAfter.isNegative()
                || knowAfter.isNegative()
                || startAfter.isNegative()
                || finishAfter.isNegative()) {
            throw new IllegalArgumentException("wonflow.sandbox.payout.identify-after: " + identifyAfter
                    + ", know-after: " + knowAfter + ", start-after: " + startAfter + ", finish-after: " + finishAfter
                    + " (expected: none negative)");
        }
        if (sellerCapacity < 1 || capacity < 1) {
            throw new IllegalArgumentException("wonflow.sandbox.payout.seller-capacity: " + sellerCapacity
                    + ", capacity: " + capacity + " (expected: both >= 1)");
        }
    }
}
