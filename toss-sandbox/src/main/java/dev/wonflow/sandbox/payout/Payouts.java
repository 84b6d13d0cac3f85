package dev.wonflow.sandbox.payout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** The payouts of all merchants, in the order they were asked for. */
@Component
class Payouts {

    private record Reference(String mId, String refPayoutId) {

        static Reference of(Payout payout) {
            return new Reference(payout.mId(), payout.refPayoutId());
        }
    }

    private final LinkedHashMap<String, Payout> byId = new LinkedHashMap<>();
    private final Set<Reference> references = new HashSet<>();
    private final int capacity;

    Payouts(PayoutSettings settings) {
        this.capacity = settings.capacity();
    }

    synchronized boolean isTaken(String mId, String refPayoutId) {
        return references.contains(new Reference(mId, refPayoutId));
    }

    synchronized void add(Payout payout) {
        byId.put(payout.id(), payout);
        references.add(Reference.of(payout));
        if (byId.size() > capacity) {
            references.remove(Reference.of(byId.pollFirstEntry().getValue()));
        }
    }

    synchronized Optional<Payout> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    synchronized List<Payout> of(String mId) {
        return byId.values().stream().filter(payout -> payout.mId().equals(mId)).toList();
    }

    /** What was asked to be paid to a seller since an instant and did not fail, in won. */
    synchronized long askedForSince(Instant since, String destination) {
        long won = 0;
        for (Payout payout : byId.sequencedValues().reversed()) {
            if (payout.requestedAt().isBefore(since)) {
                break;
            }
            if (payout.destination().equals(destination) && payout.status().isUnderWay()) {
                won = Math.addExact(won, payout.amountWon());
            }
        }
        return won;
    }

    /** Takes one step of one payout; what the step throws changes nothing. */
    synchronized Optional<Payout> change(String id, UnaryOperator<Payout> step) {
        return Optional.ofNullable(byId.computeIfPresent(id, (_, payout) -> step.apply(payout)));
    }

    synchronized List<Payout> all() {
        return new ArrayList<>(byId.values());
    }

    synchronized void replaceAll(List<Payout> payouts) {
        byId.clear();
        references.clear();
        payouts.forEach(this::add);
    }
}
