package dev.wonflow.payment.payment;

import dev.wonflow.payment.incident.Incident;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an answer of Toss means for a payment.
 *
 * @param steps to take, in order
 * @param incident reported beside the steps
 * @param stray money that does not count, to go back by itself
 * @param doubted the answer was asked for before the payment came to its state and says otherwise: which of the two is
 *     newer only a new question can tell
 */
record SettlementDecision(
        List<Payment.Change> steps, Optional<Incident> incident, Optional<Stray> stray, boolean doubted) {

    static final SettlementDecision NOTHING =
            new SettlementDecision(List.of(), Optional.empty(), Optional.empty(), false);
    static final SettlementDecision DOUBTED =
            new SettlementDecision(List.of(), Optional.empty(), Optional.empty(), true);

    static SettlementDecision of(Payment.Change... steps) {
        return new SettlementDecision(List.of(steps), Optional.empty(), Optional.empty(), false);
    }

    SettlementDecision with(Incident reported) {
        return new SettlementDecision(steps, Optional.of(reported), stray, doubted);
    }

    SettlementDecision with(Optional<Stray> found) {
        return new SettlementDecision(steps, incident, found, doubted);
    }

    SettlementDecision andThen(Payment.Change step) {
        List<Payment.Change> all = new ArrayList<>(steps);
        all.add(step);
        return new SettlementDecision(List.copyOf(all), incident, stray, doubted);
    }

    boolean changes() {
        return !steps.isEmpty();
    }

    /** The payment after the steps. */
    Payment applied(Payment before) {
        return steps.isEmpty() ? before : steps.getLast().payment();
    }
}
