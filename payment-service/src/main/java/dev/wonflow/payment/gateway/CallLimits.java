package dev.wonflow.payment.gateway;

import java.time.Duration;

/**
 * How long the gateway may take, by its own time limits.
 *
 * @param confirmAndLook a confirm or a cancel, and a look at the payment beside it
 */
public record CallLimits(Duration confirmAndLook) {}
