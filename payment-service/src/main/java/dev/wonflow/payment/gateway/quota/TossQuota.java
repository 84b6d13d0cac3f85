package dev.wonflow.payment.gateway.quota;

import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.work.Alarm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Service;

/**
 * The calls Toss allows, shared out among all instances. What this instance does without asking it notes in memory and
 * reports with its next question, so that no confirm ever waits for anybody here.
 */
@Service
public class TossQuota {

    /** Other instances rely on the book, so what happened here must soon be in it. */
    private static final Duration REPORTED_WITHIN = Duration.ofMillis(500);

    private final AllowanceBook book;
    private final QuotaProperties properties;
    private final Shares shares;
    private final Alarm alarm;
    private final List<Runnable> turnedAway = new CopyOnWriteArrayList<>();
    private final AtomicReference<Unreported> unreported = new AtomicReference<>(Unreported.NOTHING);

    public TossQuota(AllowanceBook book, QuotaProperties properties, Merchant merchant, Alarm alarm) {
        this.book = book;
        this.properties = properties;
        this.alarm = alarm;
        this.shares = Shares.of(properties, merchant.livemode());
    }

    /** Calls of any kind that Toss allows in a minute. */
    public double perMinute() {
        return shares.calls();
    }

    /** How long nothing is asked after Toss has said that there were too many calls. */
    public Duration restAfterRefusal() {
        return properties.restAfterRefusal();
    }

    /** Runs it when Toss says so, in the thread of the call; it must not wait for anything. */
    public void whenTurnedAway(Runnable told) {
        turnedAway.add(told);
    }

    /** Toss is being called for what cannot wait. */
    public void called() {
        note(new Unreported(1, 0, 0, false));
    }

    /** Toss said that there were too many calls. */
    public void turnedAway() {
        note(new Unreported(0, 0, 0, true));
        turnedAway.forEach(Runnable::run);
    }

    /** A question that was granted was not asked. */
    public void giveBack(Use use) {
        note(
                switch (use) {
                    case REQUIRED -> new Unreported(0, 1, 0, false);
                    case HINTED -> new Unreported(0, 0, 1, false);
                });
    }

    private void note(Unreported more) {
        unreported.accumulateAndGet(more, Unreported::plus);
        alarm.set(REPORTED_WITHIN);
    }

    /**
     * Grants one question to Toss, and passes on what this instance has to report.
     *
     * @param wanted for what there is something to ask; may be empty
     * @return for what it may be asked, the more urgent first; empty if nothing may be asked now
     */
    public Optional<Use> take(Set<Use> wanted) {
        Unreported report = unreported.getAndSet(Unreported.NOTHING);
        if (wanted.isEmpty() && report.equals(Unreported.NOTHING)) {
            return Optional.empty();
        }
        try {
            return book.change((allowance, now) -> report.enteredIn(allowance.refilled(shares, now), shares, properties)
                    .taking(wanted, shares));
        } catch (RuntimeException e) {
            note(report);
            throw e;
        }
    }

    /** What has happened here and is not in the book yet. */
    private record Unreported(int called, int requiredBack, int hintedBack, boolean turnedAway) {

        private static final Unreported NOTHING = new Unreported(0, 0, 0, false);

        private Unreported plus(Unreported more) {
            return new Unreported(
                    called + more.called,
                    requiredBack + more.requiredBack,
                    hintedBack + more.hintedBack,
                    turnedAway || more.turnedAway);
        }

        private Allowance enteredIn(Allowance allowance, Shares shares, QuotaProperties properties) {
            Allowance entered = allowance.returned(requiredBack, hintedBack).called(called, shares);
            return turnedAway ? entered.resting(properties.restAfterRefusal(), shares) : entered;
        }
    }
}
