package dev.wonflow.relay;

import java.time.Instant;

/**
 * A heartbeat that came through the log, or was read where the log began.
 *
 * @param number counts the beats of a slot without a gap
 * @param horizon all transactions with an id below it had ended when the heartbeat was written
 * @param beatenAt by the database's clock
 */
record Heartbeat(long number, long horizon, Instant beatenAt) {}
