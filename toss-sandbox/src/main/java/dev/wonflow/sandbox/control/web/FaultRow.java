package dev.wonflow.sandbox.control.web;

import dev.wonflow.sandbox.fault.Fault;
import dev.wonflow.sandbox.fault.FaultPlan;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An armed fault as the page shows it.
 *
 * @param operation null if it strikes any call
 * @param subject the only order, payment, key or event it strikes; may be empty
 * @param times how often it still strikes; null if it never ends
 * @param chance null if it always strikes
 */
record FaultRow(
        UUID id,
        Fault.Kind kind,
        @Nullable String code,
        @Nullable String delay,
        @Nullable String operation,
        String subject,
        @Nullable Integer times,
        @Nullable String chance) {

    static FaultRow of(Fault fault) {
        FaultPlan plan = fault.plan();
        Fault.Operation operation = plan.operation();
        return new FaultRow(
                fault.id(),
                plan.kind(),
                plan.code() == null ? null : plan.code().name(),
                fault.delay().isZero() ? null : fault.delay().toString(),
                operation == null ? null : operation.label(),
                Stream.of(plan.orderId(), plan.paymentKey(), plan.idempotencyKey(), plan.eventType())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" ")),
                fault.times() == FaultPlan.ENDLESS ? null : fault.times(),
                plan.probability() < 1 ? String.format(Locale.ROOT, "%.0f %%", plan.probability() * 100) : null);
    }
}
