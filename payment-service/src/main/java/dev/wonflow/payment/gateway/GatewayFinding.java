package dev.wonflow.payment.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything asking Toss about a payment can end in. */
public sealed interface GatewayFinding {

    /**
     * Toss knows the payment.
     *
     * @param failure Toss's reason, for an aborted or expired payment
     */
    record Seen(
            State state,
            GatewayPayment gatewayPayment,
            @Nullable Failure failure) implements GatewayFinding {

        /** Whether it is a virtual account that may still take a deposit. */
        public boolean takesDeposit(Instant now, Duration grace) {
            return state == State.WAITING_FOR_DEPOSIT && !gatewayPayment.isRunOut(now, grace);
        }
    }

    /** Toss does not know the payment. */
    record Absent(String code) implements GatewayFinding {}

    /** No usable answer; ask again later. */
    record Unclear(String cause) implements GatewayFinding {}

    /** We asked wrongly; someone must act. */
    record OurFault(String code) implements GatewayFinding {}

    /** The payment Toss describes, if it does. */
    default Optional<GatewayPayment> shown() {
        return this instanceof Seen(var _, GatewayPayment seen, var _) ? Optional.of(seen) : Optional.empty();
    }

    /** The states of Toss, and one for those it may add. */
    enum State {
        READY,
        IN_PROGRESS,
        WAITING_FOR_DEPOSIT,
        DONE,
        CANCELED,
        PARTIAL_CANCELED,
        ABORTED,
        EXPIRED,
        UNLISTED;

        /** Whether the payment was not confirmed, so that no money moved. */
        public boolean isBeforeMoney() {
            return this == READY || this == IN_PROGRESS;
        }
    }
}
