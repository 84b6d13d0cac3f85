package dev.wonflow.subscription.notice;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tenant was told, to be read again. */
public interface NoticeHistory {

    /** Where a notice is among those of its tenant. */
    record Place(Instant requestedAt, NoticeId id) {}

    /**
     * A notice that was told.
     *
     * @param kind code of a {@link NoticeKind}, or of one that another version knows
     * @param facts as {@link NoticeData#facts} has them
     * @param mail how it ended with its mail; null while it has not, and where notices are not mailed
     */
    record Told(
            NoticeId id,
            String kind,
            String subject,
            Map<String, Object> facts,
            Instant requestedAt,
            @Nullable MailOutcome mail) {

        public Told {
            facts = Map.copyOf(facts);
        }
    }

    /**
     * Some of them, newest first.
     *
     * @param after the last one that is known already; null: none is
     */
    List<Told> newestFirst(TenantId tenant, @Nullable Place after, int most);
}
