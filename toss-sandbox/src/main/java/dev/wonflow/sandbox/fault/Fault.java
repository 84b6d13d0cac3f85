package dev.wonflow.sandbox.fault;

import dev.wonflow.sandbox.error.TossError;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something armed to go wrong.
 *
 * @param times how many more it strikes
 * @param considered how many it could have struck so far; together with the seed it decides what is struck next
 */
public record Fault(UUID id, FaultPlan plan, int times, long considered) {

    /** The step from one number of a {@link SplittableRandom} to its next. */
    private static final long NEXT = 0x9e3779b97f4a7c15L;

    /** Which call it strikes. */
    public enum Operation {
        CONFIRM,
        INQUIRY,
        CANCEL,
        OPEN,
        KEY_IN,
        VIRTUAL_ACCOUNT,
        BILLING_ISSUE,
        BILLING_CHARGE,
        BILLING_DELETE,
        TRANSACTIONS,
        SETTLEMENTS,
        CASH_RECEIPT,
        CASH_RECEIPT_CANCEL,
        CASH_RECEIPT_LIST,
        PROMOTIONS,
        SELLERS,
        BALANCES,
        PAYOUTS;

        /** As the control API writes it: {@code key-in}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What goes wrong. */
    public enum Kind {
        /** The call has its effect, and then the connection is closed without an answer. */
        ANSWER_LOST_AFTER_EFFECT(Duration.ZERO),
        /** The connection is closed without an answer, and nothing happened. */
        ANSWER_LOST_BEFORE_EFFECT(Duration.ZERO),
        /** The call has its effect, and the answer is a 500. */
        ERROR_AFTER_EFFECT(Duration.ZERO),
        /** The answer is a 500, and nothing happened. */
        ERROR_WITHOUT_EFFECT(Duration.ZERO),
        /** The call waits, on the sandbox clock, before anything happens. */
        SLOW_BEFORE_EFFECT(Duration.ofSeconds(35)),
        /** The call has its effect, and then its answer waits, on the sandbox clock. */
        SLOW_AFTER_EFFECT(Duration.ofSeconds(35)),
        /** The call is refused with a code of choice; a payment it would have confirmed may end by it. */
        DECLINE(Duration.ZERO),
        /** A confirm is answered as if another one of the same payment were running: a 500 with {@code [S008]}. */
        CONFIRM_ALREADY_RUNNING(Duration.ZERO),
        /** A cancel is refused for good, under the code of a passing failure: a 500 with {@code [ES12]}. */
        CANCEL_REFUSED_FOR_GOOD(Duration.ZERO),
        /** The answer names another order, payment and amount than the call was about. */
        ANSWER_OF_ANOTHER_ORDER(Duration.ZERO),
        /** The answer has fields and values nobody has heard of yet, which Toss adds without notice. */
        ANSWER_FROM_THE_FUTURE(Duration.ZERO),
        /** The webhooks of a call arrive before its answer does. */
        WEBHOOK_BEFORE_ANSWER(Duration.ZERO),
        /** A webhook is not sent. */
        WEBHOOK_NEVER(Duration.ZERO),
        /** A webhook is sent twice, with the same transmission id. */
        WEBHOOK_TWICE(Duration.ZERO),
        /** A webhook waits until a later one about the same order was sent, at most this long. */
        WEBHOOK_REORDERED(Duration.ofMinutes(1)),
        /** A webhook is followed by one that says the opposite. */
        WEBHOOK_CONTRADICTED(Duration.ofMillis(46)),
        /** A webhook carries a secret that is not the payment's. */
        WEBHOOK_WRONG_SECRET(Duration.ZERO),
        /** A deposit is reversed by the bank some time after it was made. */
        DEPOSIT_REVERSED(Duration.ofMinutes(1)),
        /** A cancel in won is in progress at first, as one of overseas easy pay is. */
        CANCEL_IN_PROGRESS(Duration.ZERO),
        /** A cancel in progress comes to nothing when its time comes. */
        CANCEL_ABORTED(Duration.ZERO);

        private final Duration usualDelay;

        Kind(Duration usualDelay) {
            this.usualDelay = usualDelay;
        }

        /** Zero where there is nothing to wait for. */
        Duration usualDelay() {
            return usualDelay;
        }

        boolean strikesWebhooks() {
            return name().startsWith("WEBHOOK_");
        }

        /** The only operation it can strike; null if it can strike any, or none at all. */
        @Nullable
        Operation onlyOperation() {
            if (this == CONFIRM_ALREADY_RUNNING) {
                return Operation.CONFIRM;
            }
            return this == CANCEL_REFUSED_FOR_GOOD || this == CANCEL_IN_PROGRESS ? Operation.CANCEL : null;
        }

        boolean takesAnError() {
            return this == DECLINE || this == ERROR_AFTER_EFFECT || this == ERROR_WITHOUT_EFFECT;
        }
    }

    /** The code a decline or an error was armed with; null for the usual one. */
    public @Nullable TossError code() {
        return plan.code();
    }

    public Duration delay() {
        Duration delay = plan.delay();
        return delay == null ? plan.kind().usualDelay() : delay;
    }

    /** Whether chance lets it strike now. */
    boolean isLucky() {
        return plan.probability() >= 1
                || new SplittableRandom(plan.chance() + considered * NEXT).nextDouble() < plan.probability();
    }

    Fault passedBy() {
        return new Fault(id, plan, times, considered + 1);
    }

    Fault spent() {
        return new Fault(id, plan, times == FaultPlan.ENDLESS ? times : times - 1, considered + 1);
    }
}
