package dev.wonflow.subscription.testclock;

import dev.wonflow.runtime.TenantAgenda;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
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
        TenantDues.Dues all = dues.of(tenant);
        int due = (int) all.at().stream().filter(one -> !one.isAfter(now)).count();
        return new Agenda(
                due + all.underWay(), all.at().size() == due ? null : all.at().get(due));
    }
}
