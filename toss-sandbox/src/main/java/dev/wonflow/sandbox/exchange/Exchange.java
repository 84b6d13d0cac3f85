package dev.wonflow.sandbox.exchange;

import dev.wonflow.sandbox.fault.Fault;
import dev.wonflow.sandbox.merchant.KeyPair;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One call to the Toss API while it is answered: who calls, and what the handler has to say about it. Confined to the
 * thread of its request.
 */
public final class Exchange {

    /** Request attribute a handler takes its exchange from. */
    public static final String ATTRIBUTE = "dev.wonflow.sandbox.exchange";

    /** Longest name kept of what a call is about, in characters; no key of Toss is as long. */
    private static final int LONGEST_NAME = 300;

    private final KeyPair keys;
    private final Locale language;
    private @Nullable String orderId;
    private @Nullable String paymentKey;
    private boolean effect;
    private boolean answerLost;
    private List<Fault.Kind> struckBy = List.of();

    public Exchange(KeyPair keys, Locale language) {
        this.keys = keys;
        this.language = language;
    }

    /** The keys of the caller. */
    public KeyPair keys() {
        return keys;
    }

    /** Korean or English. */
    public Locale language() {
        return language;
    }

    /** Says what the call is about, for the call log. */
    public void isAbout(@Nullable String order, @Nullable String payment) {
        orderId = shortened(order);
        paymentKey = shortened(payment);
    }

    /** The beginning of a name: what a caller sends is kept in the log before anybody has looked at it. */
    public static @Nullable String shortened(@Nullable String name) {
        return name == null || name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** Says that the call did what it asked for. */
    public void hadEffect() {
        effect = true;
    }

    /** Has the connection closed instead of answering. */
    public void loseAnswer() {
        answerLost = true;
    }

    public void wasStruckBy(List<Fault.Kind> kinds) {
        struckBy = kinds;
    }

    public List<Fault.Kind> struckBy() {
        return struckBy;
    }

    public @Nullable String orderId() {
        return orderId;
    }

    public @Nullable String paymentKey() {
        return paymentKey;
    }

    public boolean effect() {
        return effect;
    }

    public boolean answerLost() {
        return answerLost;
    }
}
