package dev.wonflow.sandbox.payout;

import dev.wonflow.sandbox.clock.Schedule;
import dev.wonflow.sandbox.state.Kept;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Moves sellers through their lives: by the clock, by what is asked for them, and by hand. */
@Component
public class MoveSellers implements Kept<MoveSellers.State> {

    /** All sellers, in the order of their registration. */
    public record State(List<Seller> sellers) {}

    private final Sellers sellers;
    private final PayoutChanges changes;
    private final Schedule schedule;
    private final PayoutSettings settings;
    private final Clock clock;

    MoveSellers(Sellers sellers, PayoutChanges changes, Schedule schedule, PayoutSettings settings, Clock clock) {
        this.sellers = sellers;
        this.changes = changes;
        this.schedule = schedule;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Moves a seller by hand.
     *
     * @return the seller after the step; empty if there is none
     * @throws IllegalStep if its life has no such step
     */
    public Optional<Seller> move(String id, SellerStatus to) {
        return sellers.find(id).filter(seller -> !seller.deleted()).flatMap(_ -> step(id, seller -> true, to));
    }

    /** Demands the examination of a seller for whom more was asked than unexamined sellers can be paid. */
    void demandExamination(String id) {
        step(id, seller -> seller.status() == SellerStatus.PARTIALLY_APPROVED, SellerStatus.KYC_REQUIRED);
    }

    /** Looks at the seller again when its next step is due. */
    void watch(Seller seller) {
        Instant due = seller.nextAt();
        if (due != null) {
            String id = seller.id();
            schedule.at(
                    due,
                    () -> {
                        byItself(id, due);
                        return CompletableFuture.completedStage(null);
                    },
                    () -> sellers.find(id)
                            .filter(found -> due.equals(found.nextAt()))
                            .isPresent());
        }
    }

    private void byItself(String id, Instant due) {
        sellers.find(id).ifPresent(found -> {
            switch (found.status()) {
                case APPROVAL_REQUIRED ->
                    step(id, seller -> due.equals(seller.nextAt()), SellerStatus.PARTIALLY_APPROVED);
                case KYC_REQUIRED -> step(id, seller -> due.equals(seller.nextAt()), SellerStatus.APPROVED);
                case PARTIALLY_APPROVED, APPROVED -> {}
            }
        });
    }

    private Optional<Seller> step(String id, Predicate<Seller> ifStill, SellerStatus to) {
        AtomicBoolean moved = new AtomicBoolean();
        Optional<Seller> after = sellers.change(id, seller -> {
            if (!ifStill.test(seller)) {
                return seller;
            }
            moved.set(true);
            return seller.moved(to, to == SellerStatus.KYC_REQUIRED ? next(settings.knowAfter()) : null);
        });
        if (moved.get()) {
            after.ifPresent(seller -> {
                watch(seller);
                changes.moved(seller);
            });
        }
        return after;
    }

    /** When a step comes that takes so long, null if it waits for a hand. */
    private @Nullable Instant next(Duration after) {
        return after.isZero() ? null : clock.instant().plus(after);
    }

    @Override
    public String stateName() {
        return "sellers";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public State state() {
        return new State(sellers.all());
    }

    @Override
    public void restore(State state) {
        sellers.replaceAll(state.sellers());
        state.sellers().forEach(this::watch);
    }
}
