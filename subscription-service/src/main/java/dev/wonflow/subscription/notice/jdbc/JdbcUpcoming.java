package dev.wonflow.subscription.notice.jdbc;

import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.notice.Upcoming;
import dev.wonflow.subscription.subscription.jdbc.MovedTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks into the tables {@code subscription} and {@code notice}. */
@Component
class JdbcUpcoming implements Upcoming {

    /** The subject of such a notice is the period that comes, by its number. */
    private static final String UNTOLD = """
        SELECT s.id FROM subscription s
        WHERE s.due_at > :now AND s.due_at <= :now + make_interval(secs => :farthestAhead) AND s.due_at = s.plan_expires_at
          AND s.parked_at IS NULL AND s.cancel_at IS NULL AND s.pause_at IS NULL AND s.collection = 'AUTOMATIC'
          AND (s.status = 'TRIALING' AND s.due_at <= :now + make_interval(secs => :trialAhead)
               OR s.status = 'ACTIVE' AND s.due_at <= :now + make_interval(secs => :renewalAhead)
                  AND s.plan_expires_at - s.period_start > make_interval(secs => :renewalAhead))
          AND NOT EXISTS (SELECT FROM notice n
                          WHERE n.kind = CASE s.status WHEN 'TRIALING' THEN 'trial-ending' ELSE 'renewal-upcoming' END
                            AND n.subject = s.id || '/' || (s.period_number + 1))
        ORDER BY s.due_at
        LIMIT :most
        """;

    private final JdbcClient jdbc;
    private final TenantClocks clocks;

    JdbcUpcoming(JdbcClient jdbc, TenantClocks clocks) {
        this.jdbc = jdbc;
        this.clocks = clocks;
    }

    @Override
    public List<SubscriptionId> untold(Instant now, Duration trialAhead, Duration renewalAhead, int most) {
        Duration farthest = trialAhead.compareTo(renewalAhead) > 0 ? trialAhead : renewalAhead;
        return MovedTenants.statement(jdbc, UNTOLD, "s.tenant_id", clocks, now)
                .param("trialAhead", trialAhead.toSeconds())
                .param("farthestAhead", farthest.toSeconds())
                .param("renewalAhead", renewalAhead.toSeconds())
                .param("most", most)
                .query((row, _) -> new SubscriptionId(row.getObject("id", UUID.class)))
                .list();
    }
}
