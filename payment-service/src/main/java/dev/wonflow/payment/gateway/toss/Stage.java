package dev.wonflow.payment.gateway.toss;

/** Where the service runs, which decides the keys it may hold. */
enum Stage {
    /** A developer's machine, usually against the sandbox. */
    LOCAL,
    /** Toss with test keys. */
    PREVIEW,
    /** Real buyers. */
    PRODUCTION
}
