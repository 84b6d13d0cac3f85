package dev.wonflow.sandbox.idempotency;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.state.Kept;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers kept under their Idempotency-Key for 15 days; the body of a request plays no part in it. */
@Component
public class IdempotentRequests implements Kept<IdempotentRequests.State> {

    private final Map<Identity, Slot> slots = new LinkedHashMap<>();
    private final IdempotencySettings settings;
    private final Assumptions assumptions;
    private final Clock clock;
    /** What the bodies of all answers come to. Guarded by this. */
    private long bytes;

    IdempotentRequests(IdempotencySettings settings, Assumptions assumptions, Clock clock) {
        this.settings = settings;
        this.assumptions = assumptions;
        this.clock = clock;
    }

    /**
     * What makes two requests the same one to Toss.
     *
     * @param clientKey stands for the pair of keys the caller used, since it is no secret
     */
    public record Identity(String key, String clientKey, String method, String url) {}

    /** What a request finds under its identity. */
    public sealed interface Finding {

        /** Nothing: the request goes ahead and must end in {@link IdempotentRequests#keep}. */
        record First() implements Finding {}

        /** A request that has not been answered yet. */
        record StillRunning() implements Finding {}

        record Answered(KeptAnswer answer) implements Finding {}
    }

    private record Slot(Instant firstUsed, @Nullable KeptAnswer answer) {

        long bytes() {
            return answer == null ? 0 : answer.body().length;
        }
    }

    /** Looks the request up, and claims its identity if it is the first. */
    public synchronized Finding claim(Identity identity) {
        Instant now = clock.instant();
        forgetOld(now);
        Slot slot = slots.get(identity);
        if (slot == null) {
            slots.put(identity, new Slot(now, null));
            forgetBeyondCapacity();
            return new Finding.First();
        }
        KeptAnswer answer = slot.answer();
        return answer == null ? new Finding.StillRunning() : new Finding.Answered(answer);
    }

    /** Keeps the answer to a claimed request. The 15 days run from the claim. */
    public synchronized void keep(Identity identity, KeptAnswer answer) {
        if (answer.status() >= 500 && !assumptions.serverErrorsKept()) {
            release(identity);
            return;
        }
        slots.computeIfPresent(identity, (_, slot) -> {
            Slot answered = new Slot(slot.firstUsed(), answer);
            bytes += answered.bytes() - slot.bytes();
            return answered;
        });
        forgetBeyondCapacity();
    }

    /** Gives a claim back without an answer: the next request is the first again. */
    public synchronized void release(Identity identity) {
        Slot released = slots.remove(identity);
        bytes -= released == null ? 0 : released.bytes();
    }

    private void forgetOld(Instant now) {
        Iterator<Slot> oldestFirst = slots.values().iterator();
        while (oldestFirst.hasNext()) {
            Slot oldest = oldestFirst.next();
            if (oldest.firstUsed().plus(settings.retention()).isAfter(now)) {
                return;
            }
            oldestFirst.remove();
            bytes -= oldest.bytes();
        }
    }

    private void forgetBeyondCapacity() {
        Iterator<Slot> oldestFirst = slots.values().iterator();
        while ((slots.size() > settings.capacity() || bytes > settings.memory().toBytes()) && oldestFirst.hasNext()) {
            Slot oldest = oldestFirst.next();
            // A running request keeps its place: forgetting it would let its twin through.
            if (oldest.answer() != null) {
                oldestFirst.remove();
                bytes -= oldest.bytes();
            }
        }
    }

    /** The answers kept, oldest first. A request still running has none, and is not part of it. */
    public record State(List<Entry> answers) {}

    /** One answer. */
    public record Entry(Identity identity, Instant firstUsed, KeptAnswer answer) {}

    @Override
    public String stateName() {
        return "idempotency";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public synchronized State state() {
        List<Entry> entries = new ArrayList<>(slots.size());
        slots.forEach((identity, slot) -> {
            KeptAnswer answer = slot.answer();
            if (answer != null) {
                entries.add(new Entry(identity, slot.firstUsed(), answer));
            }
        });
        return new State(List.copyOf(entries));
    }

    @Override
    public synchronized void restore(State state) {
        slots.clear();
        bytes = 0;
        for (Entry entry : state.answers()) {
            Slot slot = new Slot(entry.firstUsed(), entry.answer());
            slots.put(entry.identity(), slot);
            bytes += slot.bytes();
        }
        forgetBeyondCapacity();
    }
}
