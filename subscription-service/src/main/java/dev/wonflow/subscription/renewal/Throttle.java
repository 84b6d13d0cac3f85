package dev.wonflow.subscription.renewal;

/**
 * How many charges may be under way. A run begins with a few and doubles as answers come, so that a systemic fault
 * meets few customers before the {@link Breaker} sees it.
 *
 * @param first charges under way before the first answer; at least 1
 * @param most charges under way at most; at least {@code first}
 */
public record Throttle(int first, int most) {

    public Throttle {
        if (first < 1) {
            throw new IllegalArgumentException("first: " + first + " (expected: 1 or more)");
        }
        if (most < first) {
            throw new IllegalArgumentException("most: " + most + " (expected: " + first + " or more)");
        }
    }

    /**
     * How many more may be asked for now.
     *
     * @param answered charges of the run that were answered
     * @param underWay charges that were asked for and are not answered
     */
    int room(long answered, long underWay) {
        long window = Math.min(most, Math.max(first, 2 * answered));
        return (int) Math.max(0, window - underWay);
    }
}
