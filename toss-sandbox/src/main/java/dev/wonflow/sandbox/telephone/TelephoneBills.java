package dev.wonflow.sandbox.telephone;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.state.Kept;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What telephones were charged in the month it is in Seoul, by all merchants together: no more than a limit. A
 * telephone nobody named is not known again, so only its single payment is limited.
 */
@Component
public class TelephoneBills implements Kept<TelephoneBills.State> {

    /** More telephones than any test has; beyond it the one charged first is forgotten. */
    private static final int CAPACITY = 10_000;

    /** The month, and what is on the bill of each telephone in won. */
    record State(String month, Map<String, Long> wonByTelephone) {}

    private final LinkedHashMap<String, Long> wonByTelephone = new LinkedHashMap<>();
    private final Clock clock;
    private YearMonth month;

    TelephoneBills(Clock clock) {
        this.clock = clock;
        this.month = thisMonth();
    }

    /** Puts a payment on the bill, unless the limit of the month does not let it. */
    public synchronized boolean charge(String telephone, long won) {
        turnPage();
        long charged = Math.addExact(wonByTelephone.getOrDefault(telephone, 0L), won);
        if (charged > PaymentMethod.LARGEST_MOBILE_PHONE_WON) {
            return false;
        }
        wonByTelephone.put(telephone, charged);
        if (wonByTelephone.size() > CAPACITY) {
            wonByTelephone.pollFirstEntry();
        }
        return true;
    }

    /** Takes money off the bill; a payment can be cancelled in its own month only. */
    public synchronized void giveBack(String telephone, long won) {
        turnPage();
        wonByTelephone.computeIfPresent(telephone, (_, charged) -> Math.max(0, charged - won));
    }

    private void turnPage() {
        YearMonth now = thisMonth();
        if (!now.equals(month)) {
            month = now;
            wonByTelephone.clear();
        }
    }

    private YearMonth thisMonth() {
        return YearMonth.from(SandboxClock.dayOf(clock.instant()));
    }

    @Override
    public String stateName() {
        return "telephoneBills";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public synchronized State state() {
        return new State(month.toString(), Collections.unmodifiableMap(new LinkedHashMap<>(wonByTelephone)));
    }

    @Override
    public synchronized void restore(State state) {
        month = YearMonth.parse(state.month());
        wonByTelephone.clear();
        wonByTelephone.putAll(state.wonByTelephone());
    }
}
