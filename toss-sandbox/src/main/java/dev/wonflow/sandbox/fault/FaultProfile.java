package dev.wonflow.sandbox.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Faults that belong together. Every one is seeded: the same calls in the same order meet the same trouble again. */
public enum FaultProfile {
    CALM("Nothing goes wrong."),
    LOST_ANSWERS(
            "One call in five that changes something has its effect, and its answer never arrives.",
            "ANSWER_LOST_AFTER_EFFECT;operation=confirm;probability=0.2;seed=11",
            "ANSWER_LOST_AFTER_EFFECT;operation=cancel;probability=0.2;seed=12",
            "ANSWER_LOST_AFTER_EFFECT;operation=billing-charge;probability=0.2;seed=13",
            "ANSWER_LOST_AFTER_EFFECT;operation=payouts;probability=0.2;seed=14"),
    SLOW_TOSS(
            "One call in ten takes 35 seconds and one in fifty 65, half of them after they had their effect.",
            "SLOW_BEFORE_EFFECT;delay=PT35S;probability=0.05;seed=21",
            "SLOW_AFTER_EFFECT;delay=PT35S;probability=0.05;seed=22",
            "SLOW_BEFORE_EFFECT;delay=PT65S;probability=0.01;seed=23",
            "SLOW_AFTER_EFFECT;delay=PT65S;probability=0.01;seed=24"),
    FLAKY(
            "One call in four fails: refused for a moment, a 500 with or without effect, or a broken connection.",
            "DECLINE;code=PROVIDER_ERROR;operation=confirm;probability=0.1;seed=31",
            "ERROR_WITHOUT_EFFECT;probability=0.05;seed=32",
            "ERROR_AFTER_EFFECT;probability=0.05;seed=33",
            "ANSWER_LOST_BEFORE_EFFECT;probability=0.05;seed=34"),
    DECLINING_CARDS(
            "One confirm in three is declined by the card company, for one of three reasons.",
            "DECLINE;code=REJECT_CARD_COMPANY;operation=confirm;probability=0.15;seed=41",
            "DECLINE;code=REJECT_CARD_PAYMENT;operation=confirm;probability=0.15;seed=42",
            "DECLINE;code=INVALID_STOPPED_CARD;operation=confirm;probability=0.05;seed=43"),
    DOUBLE_CLICKS(
            "One confirm in five is told that another is running, and every second cancel that fails does so for good.",
            "CONFIRM_ALREADY_RUNNING;probability=0.2;seed=51",
            "CANCEL_REFUSED_FOR_GOOD;probability=0.1;seed=52"),
    WEBHOOK_CHAOS(
            "Webhooks come early, twice, late, in the wrong order, contradict each other, or do not come.",
            "WEBHOOK_BEFORE_ANSWER;probability=0.3;seed=61",
            "WEBHOOK_TWICE;probability=0.2;seed=62",
            "WEBHOOK_REORDERED;probability=0.2;seed=63",
            "WEBHOOK_CONTRADICTED;probability=0.1;seed=64",
            "WEBHOOK_WRONG_SECRET;probability=0.05;seed=65",
            "WEBHOOK_NEVER;probability=0.05;seed=66"),
    SILENT_TOSS("No webhook is sent at all: only asking tells.", "WEBHOOK_NEVER"),
    BOUNCING_DEPOSITS(
            "One deposit in three is reversed by the bank a minute later.",
            "DEPOSIT_REVERSED;probability=0.34;seed=71"),
    MONTH_END(
            "What a month's end brings together: slow answers, lost answers, passing refusals and late webhooks.",
            "SLOW_AFTER_EFFECT;delay=PT35S;probability=0.03;seed=81",
            "ANSWER_LOST_AFTER_EFFECT;probability=0.03;seed=82",
            "DECLINE;code=PROVIDER_ERROR;operation=confirm;probability=0.05;seed=83",
            "DECLINE;code=PROVIDER_ERROR;operation=billing-charge;probability=0.1;seed=84",
            "ERROR_AFTER_EFFECT;probability=0.02;seed=85",
            "WEBHOOK_TWICE;probability=0.1;seed=86",
            "WEBHOOK_REORDERED;delay=PT5M;probability=0.1;seed=87");

    private final String description;
    /** A plan in each line. */
    private final String lines;

    FaultProfile(String description, String... lines) {
        this.description = description;
        this.lines = String.join("\n", lines);
    }

    /** As the control API writes it: {@code lost-answers}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String description() {
        return description;
    }

    public static Optional<FaultProfile> named(String label) {
        return Arrays.stream(values())
                .filter(profile -> profile.label().equals(label))
                .findFirst();
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(FaultProfile::label).toList();
    }

    /** Its faults; none of them ever ends. */
    public List<FaultPlan> plans() {
        return lines.lines()
                .map(line -> FaultPlan.read(line + ";times=" + FaultPlan.ENDLESS))
                .toList();
    }
}
