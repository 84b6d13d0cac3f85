package dev.wonflow.local.assembly;

import java.util.Map;
import java.util.Optional;

/** Everything of the stack that listens, with its usual port. */
public enum Port {
    POSTGRES(15432),
    KAFKA(19092),
    KAFKA_CONTROLLER(19093),
    SANDBOX(18080),
    ORDER(18081),
    PAYMENT(18082),
    WEBHOOK(18083),
    SUBSCRIPTION(18084),
    ORDER_MANAGEMENT(18071),
    PAYMENT_MANAGEMENT(18072),
    WEBHOOK_MANAGEMENT(18073),
    SUBSCRIPTION_MANAGEMENT(18074),
    /** The shop's pages. Nothing of ours listens there yet; links to the checkout point at it. */
    APP(18085),
    ISSUER(18086),
    MAIL(18025);

    private static final Map<Port, Port> MANAGEMENT = Map.of(
            ORDER, ORDER_MANAGEMENT,
            PAYMENT, PAYMENT_MANAGEMENT,
            WEBHOOK, WEBHOOK_MANAGEMENT,
            SUBSCRIPTION, SUBSCRIPTION_MANAGEMENT);

    private final int usual;

    Port(int usual) {
        this.usual = usual;
    }

    /** The port if nobody says otherwise. */
    public int usual() {
        return usual;
    }

    /** Where the same part tells how it fares, if not here. */
    Optional<Port> management() {
        return Optional.ofNullable(MANAGEMENT.get(this));
    }

    /** The environment variable that sets it. */
    public String variable() {
        return "WONFLOW_PORT_" + name();
    }
}
