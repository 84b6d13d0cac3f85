package dev.wonflow.sandbox.fault;

import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.fault.Fault.Kind;
import dev.wonflow.sandbox.fault.Fault.Operation;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is to go wrong, for whom, and how often. Whatever is null is not looked at.
 *
 * @param operation the only operation it strikes
 * @param code what a decline or an error answers with
 * @param message what it says, instead of the words that belong to the code
 * @param delay how long to wait, by the sandbox clock
 * @param eventType the only event it strikes, {@code DEPOSIT_CALLBACK} being the one without a name of its own
 * @param probability chance to strike each time it could, more than 0 and at most 1
 * @param seed the same seed strikes the same ones again; any other chance if null
 * @param times how many it strikes at most
 */
public record FaultPlan(
        Kind kind,
        @Nullable Operation operation,
        @Nullable TossError code,
        @Nullable String message,
        @Nullable Duration delay,
        @Nullable String eventType,
        @Nullable String orderId,
        @Nullable String paymentKey,
        @Nullable String idempotencyKey,
        double probability,
        @Nullable Long seed,
        int times) {

    /** As many times as there are calls. */
    public static final int ENDLESS = Integer.MAX_VALUE;

    /** Longer than any client waits; and a test that waits longer has forgotten something. */
    private static final Duration LONGEST_DELAY = Duration.ofDays(1);

    private static final List<String> FIELDS = List.of(
            "kind",
            "operation",
            "code",
            "message",
            "delay",
            "eventType",
            "orderId",
            "paymentKey",
            "idempotencyKey",
            "probability",
            "seed",
            "times");

    public FaultPlan {
        if (times < 1) {
            throw new IllegalArgumentException("times: " + times + " (expected: >= 1)");
        }
        if (!(probability > 0) || probability > 1) {
            throw new IllegalArgumentException("probability: " + probability + " (expected: > 0 and <= 1)");
        }
        if (delay != null && (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0)) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: PT0S to " + LONGEST_DELAY + ")");
        }
        if ((code != null || message != null) && !kind.takesAnError()) {
            throw new IllegalArgumentException(
                    "code and message: given for " + kind + " (expected: only for a decline or an error)");
        }
        if (code != null && kind != Kind.DECLINE && code.status() < 500) {
            throw new IllegalArgumentException("code: " + code + " (expected: one with status 500 for " + kind + ")");
        }
        requireThatItCanStrike(kind, operation, eventType, idempotencyKey);
    }

    /** A fault that waits for what cannot come would be armed for ever, and nobody would know why nothing happens. */
    private static void requireThatItCanStrike(
            Kind kind, @Nullable Operation operation, @Nullable String eventType, @Nullable String idempotencyKey) {
        if (eventType != null && !kind.strikesWebhooks()) {
            throw new IllegalArgumentException(
                    "eventType: " + eventType + " given for " + kind + " (expected: only for a fault of webhooks)");
        }
        if (kind == Kind.DEPOSIT_REVERSED && (operation != null || idempotencyKey != null)) {
            throw new IllegalArgumentException("operation and idempotencyKey: given for " + kind
                    + " (expected: orderId or paymentKey, since no call of a merchant makes a deposit)");
        }
        Operation only = kind.onlyOperation();
        if (only != null && operation != null && operation != only) {
            throw new IllegalArgumentException(
                    "operation: " + operation.label() + " (expected: " + only.label() + " for " + kind + ")");
        }
    }

    /**
     * Reads a plan written in one line: {@code SLOW_AFTER_EFFECT;delay=PT65S;times=2}.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static FaultPlan read(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String part : line.split(";", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "kind" : part.substring(0, equals).strip();
            if (fields.put(name, part.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException(name + ": given twice (expected: KIND;name=value;…)");
            }
        }
        return of(fields);
    }

    /**
     * Makes a plan of its fields, each as text.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static FaultPlan of(Map<String, String> fields) {
        fields.keySet().stream()
                .filter(name -> !FIELDS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            name + ": not part of a fault (expected: some of " + FIELDS + ")");
                });
        Kind kind = read(fields, "kind", text -> constant(Kind.values(), "kind", text));
        if (kind == null) {
            throw new IllegalArgumentException("kind: none (expected: one of " + Arrays.toString(Kind.values()) + ")");
        }
        Double probability = read(fields, "probability", text -> number("probability", Double::valueOf, text));
        Integer times = read(fields, "times", text -> number("times", Integer::valueOf, text));
        return new FaultPlan(
                kind,
                read(fields, "operation", FaultPlan::operation),
                read(fields, "code", FaultPlan::code),
                fields.get("message"),
                read(fields, "delay", FaultPlan::duration),
                fields.get("eventType"),
                fields.get("orderId"),
                fields.get("paymentKey"),
                fields.get("idempotencyKey"),
                probability == null ? 1 : probability,
                read(fields, "seed", text -> number("seed", Long::valueOf, text)),
                times == null ? 1 : times);
    }

    FaultPlan seeded(long by) {
        return new FaultPlan(
                kind,
                operation,
                code,
                message,
                delay,
                eventType,
                orderId,
                paymentKey,
                idempotencyKey,
                probability,
                seed == null ? by : seed,
                times);
    }

    boolean fits(Kind wanted, Subject subject) {
        return kind == wanted
                && (operation == null || operation == subject.operation())
                && (eventType == null || eventType.equals(subject.eventType()))
                && (orderId == null || orderId.equals(subject.orderId()))
                && (paymentKey == null || paymentKey.equals(subject.paymentKey()))
                && (idempotencyKey == null || idempotencyKey.equals(subject.idempotencyKey()));
    }

    long chance() {
        return seed == null ? 0 : seed;
    }

    private static <T> @Nullable T read(Map<String, String> fields, String name, Function<String, T> reader) {
        String text = fields.get(name);
        return text == null ? null : reader.apply(text);
    }

    private static Operation operation(String text) {
        return constant(Operation.values(), "operation", text.replace('-', '_'));
    }

    private static TossError code(String text) {
        return TossError.of(text)
                .orElseThrow(() -> new IllegalArgumentException("code: " + text + " (expected: a code of Toss)"));
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("delay: " + text + " (expected: a duration such as PT35S)", e);
        }
    }

    private static <T> T number(String name, Function<String, T> reader, String text) {
        try {
            return reader.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": " + text + " (expected: a number)", e);
        }
    }

    private static <E extends Enum<E>> E constant(E[] constants, String what, String name) {
        String upperCase = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equals(upperCase))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        what + ": " + name + " (expected: one of " + Arrays.toString(constants) + ")"));
    }
}
