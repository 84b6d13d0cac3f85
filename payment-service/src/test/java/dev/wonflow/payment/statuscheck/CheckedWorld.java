package dev.wonflow.payment.statuscheck;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.payment.World;
import java.time.Instant;
import java.util.function.Supplier;

/** A world whose status checks run as time passes, and whose Toss always says what is so. */
final class CheckedWorld {

    final World world = new World();
    final CheckPayments checks = new CheckPayments(
            world.statusChecks,
            world.statusChecks,
            world.payments,
            world.attempts,
            world.webhooks,
            world.gateway,
            world.settlePayment(),
            world.openAccount(),
            world.closeAccount(),
            world.quota,
            world.backoff,
            world.statusCheckSettings,
            world.clock);

    /**
     * Lets time pass from one planned look to the next, until {@code end} or until none is planned.
     *
     * @return how many looks there were
     */
    int passUntil(PaymentId id, Instant end, Supplier<GatewayFinding> toss) {
        int looks = 0;
        Instant due = world.statusChecks.required.get(id);
        while (due != null && !due.isAfter(end)) {
            if (due.isAfter(world.clock.instant())) {
                world.clock.set(due);
            }
            world.gateway.findings.add(toss.get());
            checks.runOnce();
            looks++;
            due = world.statusChecks.required.get(id);
        }
        return looks;
    }
}
