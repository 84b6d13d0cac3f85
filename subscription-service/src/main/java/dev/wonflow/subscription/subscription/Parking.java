package dev.wonflow.subscription.subscription;

import java.time.Instant;

/** Since when, and why, nothing is charged because it would not be safe. */
public record Parking(Instant at, ParkingReason reason) {}
