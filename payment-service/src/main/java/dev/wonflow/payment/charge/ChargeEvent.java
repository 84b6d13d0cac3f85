package dev.wonflow.payment.charge;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.ChargeOutcome;
import dev.wonflow.payment.gateway.Failure;
import java.time.Instant;

/** What became of a charge. Internal; one adapter turns these into contract messages. */
public sealed interface ChargeEvent {

    Instant at();

    record Paid(PaymentId paymentId, Instant at) implements ChargeEvent {}

    record Failed(Failure failure, ChargeOutcome.Remedy remedy, Instant at) implements ChargeEvent {}

    /** Toss may have taken the money; told once. */
    record OutcomeUnknown(String cause, Instant at) implements ChargeEvent {}
}
