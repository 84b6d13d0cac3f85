package dev.wonflow.subscription.subscription;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Terms that come.
 *
 * @param from they hold from the first period that begins then or later; null: from the next one
 * @param changeId they hold when the invoice of this change is paid; null: they wait for the period
 */
public record Pending(
        Terms terms, @Nullable Instant from, @Nullable UUID changeId) {}
