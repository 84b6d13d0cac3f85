package dev.wonflow.testsupport.planted.zone;

import java.time.LocalDateTime;

/** A record with a time that could be anywhere. */
record Zoneless(LocalDateTime paidAt) {}
