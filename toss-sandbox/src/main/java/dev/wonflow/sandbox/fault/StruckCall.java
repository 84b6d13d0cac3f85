package dev.wonflow.sandbox.fault;

import dev.wonflow.sandbox.fault.Fault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The call a thread answers, as far as faults are concerned: the faults it brought itself, and what struck it. Confined
 * to that thread, which closes it.
 */
public final class StruckCall implements AutoCloseable {

    private static final ThreadLocal<@Nullable StruckCall> CURRENT = new ThreadLocal<>();

    private final Subject subject;
    private final List<Fault> own;
    private final List<Kind> struck = new ArrayList<>();
    private final List<CompletableFuture<?>> before = new ArrayList<>();

    private StruckCall(Subject subject, List<Fault> own) {
        this.subject = subject;
        this.own = new ArrayList<>(own);
    }

    static StruckCall begin(Subject subject, List<Fault> own) {
        StruckCall call = new StruckCall(subject, own);
        CURRENT.set(call);
        return call;
    }

    static Optional<StruckCall> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    public Subject subject() {
        return subject;
    }

    /** What struck it so far, in order. */
    public List<Kind> struck() {
        return List.copyOf(struck);
    }

    /** Has the answer wait for something; without consequence if no call is being answered. */
    public static void holdAnswerFor(CompletableFuture<?> event) {
        current().ifPresent(call -> call.before.add(event));
    }

    /** What the answer has to wait for. */
    public CompletableFuture<?> held() {
        return CompletableFuture.allOf(before.toArray(CompletableFuture[]::new));
    }

    public boolean isHeld() {
        return !before.isEmpty();
    }

    Optional<Fault> strikeByItself(Kind kind, Subject at) {
        for (int i = 0; i < own.size(); i++) {
            Fault fault = own.get(i);
            if (fault.times() > 0 && fault.plan().fits(kind, at)) {
                own.set(i, fault.isLucky() ? fault.spent() : fault.passedBy());
                if (fault.isLucky()) {
                    return Optional.of(fault);
                }
            }
        }
        return Optional.empty();
    }

    void wasStruckBy(Kind kind) {
        struck.add(kind);
    }

    @Override
    public void close() {
        CURRENT.remove();
    }
}
