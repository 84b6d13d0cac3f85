package dev.wonflow.payment.charge;

import dev.wonflow.runtime.TenantAgenda;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.runtime.TenantMoved;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Has charges wait by their tenant's time: what it was moved past is not waited for. */
@Component
final class ChargesOfMovedTenants implements TenantMoved, TenantAgenda {

    private final Charges charges;
    private final TenantClocks clocks;
    private final Clock clock;

    ChargesOfMovedTenants(Charges charges, TenantClocks clocks, Clock clock) {
        this.charges = charges;
        this.clocks = clocks;
        this.clock = clock;
    }

    @Override
    public void moved(TenantId tenant, Duration from, Duration to) {
        Duration by = to.minus(from);
        if (by.isPositive()) {
            charges.hurry(tenant, by);
        }
    }

    /** A charge that is due is under way, and one whose turn is to come waits. */
    @Override
    public Agenda of(TenantId tenant) {
        Instant now = clock.instant();
        List<Instant> dues = charges.dues(tenant);
        int underWay = (int) dues.stream().filter(due -> !due.isAfter(now)).count();
        Duration ahead = clocks.moved().getOrDefault(tenant, Duration.ZERO);
        return new Agenda(
                underWay, dues.size() == underWay ? null : dues.get(underWay).plus(ahead));
    }
}
