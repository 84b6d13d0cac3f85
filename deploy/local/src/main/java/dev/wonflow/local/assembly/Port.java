package dev.wonflow.local.assembly;

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
    /** The shop's pages. Nothing of ours listens there yet; links to the checkout point at it. */
    APP(18085);

    private final int usual;

    Port(int usual) {
        this.usual = usual;
    }

    /** The port if nobody says otherwise. */
    public int usual() {
        return usual;
    }

    /** The environment variable that sets it. */
    public String variable() {
        return "WONFLOW_PORT_" + name();
    }
}
