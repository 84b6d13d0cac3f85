package dev.wonflow.sandbox.payout;

import dev.wonflow.sandbox.clock.Schedule;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.Merchant;
import dev.wonflow.sandbox.state.Kept;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Moves payouts through their lives, and their money with them: by the clock, and by hand. */
@Component
public class MovePayouts implements Kept<MovePayouts.State> {

    /** All payouts, in the order they were asked for. */
    public record State(List<Payout> payouts) {}

    private final Payouts payouts;
    private final Sellers sellers;
    private final Balances balances;
    private final PayoutChanges changes;
    private final Schedule schedule;
    private final PayoutSettings settings;
    private final Clock clock;

    MovePayouts(
            Payouts payouts,
            Sellers sellers,
            Balances balances,
            PayoutChanges changes,
            Schedule schedule,
            PayoutSettings settings,
            Clock clock) {
        this.payouts = payouts;
        this.sellers = sellers;
        this.balances = balances;
        this.changes = changes;
        this.schedule = schedule;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Cancels a payout that has not been started.
     *
     * @throws Refused if the merchant has none under this id, or it was started
     */
    public Payout cancel(Merchant merchant, String id) {
        return payouts.find(id)
                .filter(payout -> payout.mId().equals(merchant.mId()))
                .flatMap(_ -> step(id, payout -> {
                    if (payout.status() != PayoutStatus.REQUESTED) {
                        throw new Refused(TossError.FORBIDDEN_REQUEST);
                    }
                    return given(payout, payout.cancelled());
                }))
                .orElseThrow(() -> new Refused(TossError.PAYOUT_NOT_FOUND));
    }

    /**
     * Moves a payout by hand.
     *
     * @param why what it fails for, if it is to fail
     * @return the payout after the step; empty if there is none. One that cannot be started fails instead.
     * @throws IllegalStep if its life has no such step
     */
    public Optional<Payout> move(String id, PayoutStatus to, TossError why) {
        return step(id, payout -> switch (to) {
            case IN_PROGRESS -> started(payout);
            case COMPLETED -> payout.completed();
            case FAILED -> given(payout, payout.failed(why));
            case CANCELED -> given(payout, payout.cancelled());
            case REQUESTED ->
                throw new IllegalStep(
                        "payout " + id, payout.status(), to, payout.status().next());
        });
    }

    /** Looks at the payout again when its next step is due. */
    void watch(Payout payout) {
        Instant due = payout.nextAt();
        if (due != null) {
            String id = payout.id();
            schedule.at(
                    due,
                    () -> {
                        byItself(id, due);
                        return CompletableFuture.completedStage(null);
                    },
                    () -> payouts.find(id)
                            .filter(found -> due.equals(found.nextAt()))
                            .isPresent());
        }
    }

    private void byItself(String id, Instant due) {
        step(id, payout -> {
            if (!due.equals(payout.nextAt())) {
                // It was moved by hand meanwhile.
                return payout;
            }
            return switch (payout.status()) {
                case REQUESTED -> started(payout);
                case IN_PROGRESS -> payout.completed();
                case COMPLETED, FAILED, CANCELED -> payout;
            };
        });
    }

    private Optional<Payout> step(String id, UnaryOperator<Payout> step) {
        AtomicBoolean moved = new AtomicBoolean();
        Optional<Payout> after = payouts.change(id, payout -> {
            Payout next = step.apply(payout);
            moved.set(next.status() != payout.status());
            return next;
        });
        if (moved.get()) {
            after.ifPresent(payout -> {
                watch(payout);
                changes.moved(payout);
            });
        }
        return after;
    }

    /** Starts it if there still is a seller to be paid, and money to pay from. */
    private Payout started(Payout payout) {
        Payout started = payout.started(next(settings.finishAfter()));
        boolean payable = sellers.find(payout.destination())
                .filter(seller -> !seller.deleted() && seller.status().canBePaid())
                .isPresent();
        if (!payable) {
            return given(payout, payout.failed(TossError.FORBIDDEN_SELLER_PAYOUT));
        }
        if (!payout.taken() && !balances.take(payout.mId(), payout.amountWon())) {
            return payout.failed(TossError.NOT_ENOUGH_AMOUNT);
        }
        return started;
    }

    /** Gives the money back that had been taken for a payout that came to nothing. */
    private Payout given(Payout before, Payout after) {
        if (before.taken()) {
            balances.giveBack(before.mId(), before.amountWon());
        }
        return after;
    }

    private @Nullable Instant next(Duration after) {
        return after.isZero() ? null : clock.instant().plus(after);
    }

    @Override
    public String stateName() {
        return "payouts";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public State state() {
        return new State(payouts.all());
    }

    @Override
    public void restore(State state) {
        payouts.replaceAll(state.payouts());
        state.payouts().forEach(this::watch);
    }
}
