package dev.wonflow.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an answer of Toss means for a payment.
 *
 * @param steps to take, in order
 * @param incident reported beside the steps
 * @param doubted the answer was asked for before the payment came to its state and says otherwise: which of the two is
 *     newer only a new question can tell
 */
record Verdict(List<Payment.Change> steps, Optional<Incident> incident, boolean doubted) {

    static final Verdict NOTHING = new Verdict(List.of(), Optional.empty(), false);
    static final Verdict DOUBTED = new Verdict(List.of(), Optional.empty(), true);

    static Verdict of(Payment.Change... steps) {
        return new Verdict(List.of(steps), Optional.empty(), false);
    }

    Verdict with(Incident reported) {
        return new Verdict(steps, Optional.of(reported), doubted);
    }

    Verdict andThen(Payment.Change step) {
        List<Payment.Change> all = new ArrayList<>(steps);
        all.add(step);
        return new Verdict(List.copyOf(all), incident, doubted);
    }

    boolean changes() {
        return !steps.isEmpty();
    }

    /** The payment after the steps. */
    Payment applied(Payment before) {
        return steps.isEmpty() ? before : steps.getLast().payment();
    }
}
