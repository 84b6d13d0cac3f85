package dev.wonflow.subscription.invoice;

import dev.wonflow.subscription.subscription.MoneyWentBack;
import java.time.Duration;
import java.time.Instant;

/** Refunds of charges that were not taken in yet. */
public interface WaitingRefunds {

    /** What orders of charges begin with. */
    String CHARGE = "chg_";

    /** Time between two looks. */
    Duration PAUSE = Duration.ofMinutes(1);

    /** How long a charge may be behind its refund; after that it was none of ours. */
    Duration LIMIT = Duration.ofDays(3);

    static boolean mayBeOfACharge(MoneyWentBack money) {
        return money.orderId().startsWith(CHARGE);
    }

    /** Has it looked at again after a pause, in the caller's transaction. */
    void add(MoneyWentBack money, Instant now);
}
