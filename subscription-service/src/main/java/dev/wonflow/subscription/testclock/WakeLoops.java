package dev.wonflow.subscription.testclock;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.runtime.TenantMoved;
import dev.wonflow.subscription.renewal.StepLoop;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Has what is due for a tenant looked for as soon as its time was moved. */
@Component
final class WakeLoops implements TenantMoved {

    private final ObjectProvider<StepLoop> loops;

    WakeLoops(ObjectProvider<StepLoop> loops) {
        this.loops = loops;
    }

    @Override
    public void moved(TenantId tenant, Duration from, Duration to) {
        loops.forEach(StepLoop::wake);
    }
}
