package dev.wonflow.subscription.notice;

import java.time.Instant;

/** A notice that was given its id. */
public record RequestedNotice(NoticeId id, Notice notice, Instant requestedAt) {}
