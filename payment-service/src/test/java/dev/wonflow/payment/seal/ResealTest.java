package dev.wonflow.payment.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.incidents.IncidentReport;
import dev.wonflow.payment.Keysets;
import dev.wonflow.payment.billing.seal.Seals;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

class ResealTest {

    private final List<IncidentReport> told = new ArrayList<>();

    @Test
    void what_does_not_open_is_told_once_and_again_when_there_is_more() {
        Shelf shelf = new Shelf();
        Reseal reseal = reseal(shelf);
        shelf.unreadable.add(SequentialIds.id(1));

        reseal.runOnce();
        reseal.runOnce();
        assertThat(told).hasSize(1);

        shelf.unreadable.add(SequentialIds.id(2));
        reseal.runOnce();
        reseal.runOnce();
        assertThat(told).extracting(IncidentReport::detail).last().asString().startsWith("2 do not open");
        assertThat(told).hasSize(2);

        shelf.unreadable.clear();
        reseal.runOnce();
        shelf.unreadable.add(SequentialIds.id(3));
        reseal.runOnce();
        assertThat(told).hasSize(3);
    }

    @Test
    void store_that_fails_keeps_no_other_waiting() {
        Shelf broken = new Shelf();
        broken.failure = new IllegalStateException("no space left");
        Shelf other = new Shelf();

        assertThatThrownBy(reseal(broken, other)::runOnce).isSameAs(broken.failure);

        assertThat(other.steps).isOne();
    }

    private Reseal reseal(SealedStore... stores) {
        return new Reseal(
                List.of(stores),
                Seals.shared(Keysets.of(1)),
                100,
                told::add,
                new MutableClock(),
                TransactionOperations.withoutTransaction());
    }

    /** Secrets that are all lost. */
    private static final class Shelf implements SealedStore {

        private final List<UUID> unreadable = new ArrayList<>();
        private @Nullable RuntimeException failure;
        private int steps;

        @Override
        public String contents() {
            return "secrets";
        }

        @Override
        public String meter() {
            return "wonflow.secrets.old";
        }

        @Override
        public Step reseal(UUID after, int limit) {
            steps++;
            if (failure != null) {
                throw failure;
            }
            List<UUID> left =
                    unreadable.stream().filter(id -> id.compareTo(after) > 0).toList();
            return new Step(0, left, left.isEmpty() ? after : left.getLast());
        }

        @Override
        public long sealedUnderOthers() {
            return unreadable.size();
        }
    }
}
