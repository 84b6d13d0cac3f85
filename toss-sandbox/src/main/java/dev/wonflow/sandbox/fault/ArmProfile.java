package dev.wonflow.sandbox.fault;

import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Arms the profile of the settings, before the first call is answered. A profile asked for at the start is armed in any
 * case, whatever was armed when the state was saved.
 */
@Component
class ArmProfile implements SmartLifecycle {

    /** Started after the state was read, which happens first of all, and before the server. */
    private static final int PHASE = 1;

    private final Faults faults;
    private final FaultSettings settings;
    private boolean armed;

    ArmProfile(Faults faults, FaultSettings settings) {
        this.faults = faults;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        FaultProfile.named(String.valueOf(settings.profile())).ifPresent(profile -> {
            List<Fault> _ = faults.arm(profile);
        });
        armed = true;
    }

    @Override
    public synchronized void stop() {
        armed = false;
    }

    @Override
    public synchronized boolean isRunning() {
        return armed;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
