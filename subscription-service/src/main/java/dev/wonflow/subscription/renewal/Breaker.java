package dev.wonflow.subscription.renewal;

import java.util.List;
import java.util.Optional;

/**
 * Tells from the last results of renewals whether something is wrong that is not the customers' doing: a key, a
 * contract, Toss, a card company. Only first attempts are judged, since who was declined once often is again.
 *
 * @param last most results that are looked at, the newest; at least {@code least}
 * @param least fewest results that say anything, and how many of the newest are looked at alone, so that a fault of
 *     today is not lost among what was paid last month; at least 1
 * @param mostDeclined share of declines among them that customers alone may cause; 0 to 1
 * @param mostUnknown share of unknown outcomes that may happen by chance; 0 to 1
 */
public record Breaker(int last, int least, double mostDeclined, double mostUnknown) {

    /** Share of the newest few that chance does not bring, where customers are declined as often as they may be. */
    private static final double NEARLY_ALL = 0.8;

    public Breaker {
        if (least < 1) {
            throw new IllegalArgumentException("least: " + least + " (expected: 1 or more)");
        }
        if (last < least) {
            throw new IllegalArgumentException("last: " + last + " (expected: " + least + " or more)");
        }
        requireShare("mostDeclined", mostDeclined);
        requireShare("mostUnknown", mostUnknown);
    }

    /** What a charge has come to so far. */
    public enum Result {
        PAID,
        DECLINED,
        UNKNOWN
    }

    /** What is out of line. Stored by name. */
    public enum Cause {
        /** More declines than customers cause. */
        DECLINES,
        /** More outcomes nobody knows than chance brings: a fault of ours, or Toss's. */
        UNKNOWN_OUTCOMES
    }

    /**
     * What was found.
     *
     * @param found how many of {@code of} results are of that kind
     */
    public record Finding(Cause cause, int found, int of) {}

    /**
     * Judges results.
     *
     * @param results the newest first; older ones than {@link #last} are not looked at
     * @return empty if nothing is out of line, or too little is known
     */
    public Optional<Finding> judge(List<Result> results) {
        List<Result> judged = results.subList(0, Math.min(last, results.size()));
        if (judged.size() < least) {
            return Optional.empty();
        }
        // What is not known says more than what was refused: it is never the customers' doing.
        return tooMany(Cause.UNKNOWN_OUTCOMES, Result.UNKNOWN, mostUnknown, judged)
                .or(() -> tooMany(Cause.DECLINES, Result.DECLINED, mostDeclined, judged))
                .or(() -> tooMany(
                        Cause.DECLINES, Result.DECLINED, Math.max(NEARLY_ALL, mostDeclined), judged.subList(0, least)));
    }

    private static Optional<Finding> tooMany(Cause cause, Result kind, double most, List<Result> judged) {
        int found = (int) judged.stream().filter(kind::equals).count();
        return found > most * judged.size() ? Optional.of(new Finding(cause, found, judged.size())) : Optional.empty();
    }

    private static void requireShare(String field, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(field + ": " + share + " (expected: 0 to 1)");
        }
    }
}
