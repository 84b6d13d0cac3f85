package dev.wonflow.subscription.notice;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.Map;

/**
 * A notice as its event tells it.
 *
 * @param facts by name; texts, moments as texts in the form of RFC 3339, and whole numbers, which are won
 */
public record ToldNotice(
        NoticeId id, TenantId tenant, NoticeKind kind, Map<String, Object> facts, Instant requestedAt) {

    public ToldNotice {
        facts = Map.copyOf(facts);
    }
}
