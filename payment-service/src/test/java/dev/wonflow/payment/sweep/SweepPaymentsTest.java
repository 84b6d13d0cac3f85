package dev.wonflow.payment.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.payment.StatusChecks;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

class SweepPaymentsTest {

    private static final Instant NOON = MutableClock.START;
    private static final int BATCH = 3;

    private final MutableClock clock = new MutableClock();
    private final Kept kept = new Kept();
    private final Asked asked = new Asked();
    private final SweepPayments sweep = new SweepPayments(
            kept,
            asked,
            new SweepProperties(Duration.ofMinutes(5), Duration.ofMinutes(45), Duration.ofMinutes(15), BATCH),
            clock,
            TransactionOperations.withoutTransaction());

    @Test
    void payment_nobody_confirmed_is_asked_about_once_when_its_window_and_its_confirm_must_be_over() {
        unconfirmed(1, NOON);

        clock.advance(Duration.ofMinutes(45));
        assertThat(sweep.runOnce()).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(sweep.runOnce()).isOne();
        clock.advance(Duration.ofDays(1));
        assertThat(sweep.runOnce()).isZero();

        assertThat(asked.ids).containsExactly(id(1));
    }

    @Test
    void many_are_asked_about_in_batches_the_oldest_first() {
        for (int number = 7; number >= 1; number--) {
            unconfirmed(number, NOON.plusSeconds(number));
        }
        clock.advance(Duration.ofHours(1));

        assertThat(List.of(sweep.runOnce(), sweep.runOnce(), sweep.runOnce(), sweep.runOnce()))
                .containsExactly(3, 3, 1, 0);
        assertThat(asked.ids).containsExactly(id(1), id(2), id(3), id(4), id(5), id(6), id(7));
    }

    @Test
    void sweep_that_breaks_off_forgets_nobody() {
        unconfirmed(1, NOON);
        unconfirmed(2, NOON);
        clock.advance(Duration.ofHours(1));
        asked.failAt = id(2);

        assertThatThrownBy(sweep::runOnce).hasMessage("database away");
        asked.failAt = null;
        sweep.runOnce();

        assertThat(asked.ids).contains(id(1), id(2));
    }

    @Test
    void what_is_older_than_a_week_is_left_to_tosss_books() {
        unconfirmed(1, NOON.minus(Duration.ofDays(8)));
        unconfirmed(2, NOON.minus(Duration.ofDays(6)));

        sweep.runOnce();

        assertThat(asked.ids).containsExactly(id(2));
    }

    @Test
    void payment_that_is_open_at_toss_and_that_nobody_will_ask_about_is_asked_about() {
        kept.forgotten.add(id(9));

        assertThat(sweep.runOnce()).isOne();

        assertThat(asked.ids).containsExactly(id(9));
        assertThat(kept.forgottenBefore).isEqualTo(NOON.minus(Duration.ofMinutes(15)));
    }

    private void unconfirmed(int number, Instant since) {
        kept.unconfirmed.add(new Stragglers.Unconfirmed(id(number), since));
    }

    private static PaymentId id(int number) {
        return new PaymentId(SequentialIds.id(number));
    }

    /** Payments in memory. */
    private static final class Kept implements Stragglers {

        private static final Comparator<Place> ORDER = Comparator.comparing(Place::since)
                .thenComparing(place -> place.id().value());

        private final List<Unconfirmed> unconfirmed = new ArrayList<>();
        private final List<PaymentId> forgotten = new ArrayList<>();
        private Instant forgottenBefore = Instant.EPOCH;
        private Place place = new Place(Instant.EPOCH, new PaymentId(new UUID(0, 0)));

        @Override
        public List<PaymentId> forgotten(Instant before, int limit) {
            forgottenBefore = before;
            return List.copyOf(forgotten);
        }

        @Override
        public Place askedUpTo(Instant earliest) {
            return place.since().isBefore(earliest) ? new Place(earliest, place.id()) : place;
        }

        @Override
        public List<Unconfirmed> unconfirmed(Place after, Instant before, int limit) {
            return unconfirmed.stream()
                    .filter(payment -> ORDER.compare(payment.place(), after) > 0)
                    .filter(payment -> payment.since().isBefore(before))
                    .sorted(Comparator.comparing(Unconfirmed::place, ORDER))
                    .limit(limit)
                    .toList();
        }

        @Override
        public void askedUpTo(Place reached) {
            place = reached;
        }
    }

    /** Questions that were planned. */
    private static final class Asked implements StatusChecks {

        private final List<PaymentId> ids = new ArrayList<>();
        private @Nullable PaymentId failAt;

        @Override
        public void require(PaymentId id, Instant due) {
            if (id.equals(failAt)) {
                throw new IllegalStateException("database away");
            }
            ids.add(id);
        }

        @Override
        public void release(PaymentId id, Instant hintDue) {
            throw new UnsupportedOperationException("a sweep asks and does nothing else");
        }

        @Override
        public void hint(PaymentId id, boolean vouched, Instant due) {
            throw new UnsupportedOperationException("a sweep asks and does nothing else");
        }
    }
}
