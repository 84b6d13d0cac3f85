package dev.wonflow.work;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done.
 *
 * @param id what it is about; a second plan for the same id of the same kind takes the place of the first
 * @param key items of one key are worked on one at a time; only for kinds that are {@linkplain WorkKind#keyed keyed}
 * @param dueAt when it may be done
 * @param priority of what is due, a higher one comes first; 0 to {@value #HIGHEST}
 * @param payload what the handler needs beside the id; at most 64 KiB
 */
public record WorkItem(
        WorkKind kind,
        String id,
        @Nullable String key,
        Instant dueAt,
        int priority,
        @Nullable String payload) {

    /** Few, so that the first of each can be looked up. */
    public static final int HIGHEST = 3;

    public WorkItem {
        if (priority < 0 || priority > HIGHEST) {
            throw new IllegalArgumentException("priority: " + priority + " (expected: 0 to " + HIGHEST + ")");
        }
        if (kind.keyed() != (key != null)) {
            throw new IllegalArgumentException("key: " + key + " of kind " + kind.name() + " (expected: "
                    + (kind.keyed() ? "one, the kind is keyed)" : "none, the kind is not keyed)"));
        }
    }

    /** One that has nothing to do with others. */
    public static WorkItem of(WorkKind kind, String id, Instant dueAt) {
        return new WorkItem(kind, id, null, dueAt, 0, null);
    }

    /** The same with something for its handler. */
    public WorkItem carrying(String newPayload) {
        return new WorkItem(kind, id, key, dueAt, priority, newPayload);
    }
}
