package dev.wonflow.work;

/**
 * A kind of work, such as a charge or a status check.
 *
 * @param name stored with every item, so renaming it needs a migration; also the tag of its metrics
 * @param keyed whether its items have keys: those of one key are worked on one at a time, whatever their kinds, and
 *     those of this kind in the order they were first planned in
 */
public record WorkKind(String name, boolean keyed) {

    private static final int LONGEST = 100;

    public WorkKind {
        if (name.isEmpty() || name.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "name: " + name.length() + " characters (expected: 1 to " + LONGEST + ")");
        }
    }

    /** Of items that have nothing to do with one another. */
    public static WorkKind named(String name) {
        return new WorkKind(name, false);
    }

    /** Of items with keys. */
    public static WorkKind keyed(String name) {
        return new WorkKind(name, true);
    }
}
