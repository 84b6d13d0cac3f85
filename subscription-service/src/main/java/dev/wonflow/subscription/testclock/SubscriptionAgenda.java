package dev.wonflow.subscription.testclock;

import dev.wonflow.runtime.TenantAgenda;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Says of a tenant what is being done, and when there is next something to do. */
@Component
final class SubscriptionAgenda implements TenantAgenda {

    private final TenantDues dues;
    private final TenantClocks clocks;

    SubscriptionAgenda(TenantDues dues, TenantClocks clocks) {
        this.dues = dues;
        this.clocks = clocks;
    }

    /** What is due is under way. */
    @Override
    public Agenda of(TenantId tenant) {
        Instant now = clocks.now(tenant);
        List<Instant> all = dues.dues(tenant);
        int due = (int) all.stream().filter(one -> !one.isAfter(now)).count();
        return new Agenda(due + dues.underWay(tenant), all.size() == due ? null : all.get(due));
    }
}
