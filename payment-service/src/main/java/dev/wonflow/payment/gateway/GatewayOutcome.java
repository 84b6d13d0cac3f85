package dev.wonflow.payment.gateway;

import dev.wonflow.payment.incident.Incident;
import java.util.Optional;

/** Everything a confirm call can end in. Not knowing is one of the answers, an exception is not. */
public sealed interface GatewayOutcome {

    /** Toss has taken the money. */
    record Approved(GatewayPayment gatewayPayment) implements GatewayOutcome {}

    /** Toss has opened a virtual account; nothing is paid yet. */
    record WaitingForDeposit(GatewayPayment gatewayPayment) implements GatewayOutcome {}

    /** Certain: this attempt took no money and never will. */
    record Declined(Failure failure) implements GatewayOutcome {}

    /**
     * Toss may have taken the money.
     *
     * @param cause short constant or code of Toss; ends in an event
     */
    record Unknown(String cause) implements GatewayOutcome {}

    /**
     * Toss says it knows no such payment. On the first call of an attempt, and said again when asked, that is certain;
     * later it is not, for an earlier call may have reached Toss.
     */
    record NotFound(Failure failure) implements GatewayOutcome {}

    /**
     * Certain: the attempt took no money and never will, for it is not one of this order.
     *
     * @param oddity what it is recorded as
     * @param detail what was found and what was expected
     */
    record Baseless(Failure failure, Incident.Kind oddity, String detail) implements GatewayOutcome {}

    /**
     * We asked wrongly: key, contract or request. Someone must act, and no payment may fail for it, because an earlier
     * call of the same attempt may have reached Toss.
     */
    record OurFault(String code) implements GatewayOutcome {}

    /** The payment Toss describes, if it does. */
    default Optional<GatewayPayment> shown() {
        return switch (this) {
            case Approved(GatewayPayment gatewayPayment) -> Optional.of(gatewayPayment);
            case WaitingForDeposit(GatewayPayment gatewayPayment) -> Optional.of(gatewayPayment);
            case Declined _, Unknown _, NotFound _, Baseless _, OurFault _ -> Optional.empty();
        };
    }
}
