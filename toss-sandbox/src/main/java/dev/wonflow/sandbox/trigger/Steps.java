package dev.wonflow.sandbox.trigger;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.payment.IllegalTransition;
import dev.wonflow.sandbox.payout.IllegalStep;
import dev.wonflow.sandbox.state.Gate;
import dev.wonflow.sandbox.virtualaccount.NoDepositTaken;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** The steps of one trigger, one after the other, each as whole as a call of its own. */
final class Steps {

    private final List<Outcome.Step> taken = new ArrayList<>();
    private final Gate gate;

    Steps(Gate gate) {
        this.gate = gate;
    }

    /**
     * Takes a step between two copies of the books.
     *
     * @param result what came of it, in a word
     * @throws StepRefused if it was refused
     */
    <T> T take(String what, Supplier<T> step, Function<T, String> result) {
        gate.enter();
        try {
            T after = step.get();
            taken.add(new Outcome.Step(what, result.apply(after)));
            return after;
        } catch (Refused refused) {
            throw new StepRefused(what, refused.error() + " " + refused.message(Locale.ENGLISH));
        } catch (IllegalTransition | NoDepositTaken | IllegalStep refused) {
            throw new StepRefused(what, refused);
        } finally {
            gate.leave();
        }
    }

    /** Notes what happened outside the books. */
    void took(String what, String result) {
        taken.add(new Outcome.Step(what, result));
    }

    Outcome end(String summary, String about) {
        return new Outcome(summary, about, List.copyOf(taken));
    }
}
