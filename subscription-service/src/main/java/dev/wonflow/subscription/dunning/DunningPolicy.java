package dev.wonflow.subscription.dunning;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's declined charges lead to, and when.
 *
 * @param daysBetweenAttempts days from each counted decline to the next attempt; as many further attempts as there are
 *     entries, at most 20, each 1 to 60
 * @param quietHours when its people are not to be bothered, by the clocks of the subscription's zone
 * @param maintenance when banks and card companies do not answer, by the clocks of Seoul; at most 10
 * @param graceDays full use from the first decline on; 0 to 365
 * @param restrictedDays restricted use after that; 0 to 365
 * @param suspendedDays no use after that, until it is cancelled; 0 to 365
 * @param finalAction what the end is
 */
public record DunningPolicy(
        List<Integer> daysBetweenAttempts,
        @Nullable DailyWindow quietHours,
        List<DailyWindow> maintenance,
        int graceDays,
        int restrictedDays,
        int suspendedDays,
        FinalAction finalAction) {

    /** Of banks' accounts and of card companies that close their books around midnight. */
    private static final ZoneId BANKS = ZoneId.of("Asia/Seoul");

    private static final int MOST_ATTEMPTS = 20;
    private static final int LONGEST_PAUSE = 60;
    private static final int MOST_WINDOWS = 10;
    private static final int LONGEST_STAGE = 365;

    /** Some time has to be left, on a day of 23 hours too. */
    private static final Duration LONGEST_CLOSED = Duration.ofHours(20);

    /** What happens when all stages are over. Stored by name. */
    public enum FinalAction {
        /** The subscription is cancelled. */
        CANCEL,
        /** It stays suspended until somebody pays or cancels. */
        STAY_SUSPENDED
    }

    public DunningPolicy {
        daysBetweenAttempts = List.copyOf(daysBetweenAttempts);
        maintenance = List.copyOf(maintenance);
        require(
                "daysBetweenAttempts",
                daysBetweenAttempts,
                daysBetweenAttempts.size() <= MOST_ATTEMPTS
                        && daysBetweenAttempts.stream().allMatch(days -> days >= 1 && days <= LONGEST_PAUSE),
                "at most " + MOST_ATTEMPTS + ", each 1 to " + LONGEST_PAUSE);
        require("maintenance", maintenance, maintenance.size() <= MOST_WINDOWS, "at most " + MOST_WINDOWS);
        require("graceDays", graceDays, isStage(graceDays), "0 to " + LONGEST_STAGE);
        require("restrictedDays", restrictedDays, isStage(restrictedDays), "0 to " + LONGEST_STAGE);
        require("suspendedDays", suspendedDays, isStage(suspendedDays), "0 to " + LONGEST_STAGE);
        Duration closed = maintenance.stream()
                .map(DailyWindow::length)
                .reduce(quietHours == null ? Duration.ZERO : quietHours.length(), Duration::plus);
        require(
                "quietHours and maintenance",
                closed,
                closed.compareTo(LONGEST_CLOSED) <= 0,
                "at most " + LONGEST_CLOSED.toHours() + " hours of a day together");
    }

    /** What holds for who has no other: four more attempts in 16 days, cancelled after 30. */
    public static DunningPolicy standard() {
        return new DunningPolicy(
                List.of(1, 3, 5, 7),
                new DailyWindow(LocalTime.of(21, 0), LocalTime.of(9, 0)),
                List.of(new DailyWindow(LocalTime.of(23, 30), LocalTime.of(0, 30))),
                7,
                9,
                14,
                FinalAction.CANCEL);
    }

    /**
     * When the next attempt is made: so many days later, at the same time of day, or at the first moment after that
     * which lies in no window.
     *
     * @param counted how many declines of the invoice count; 1 or more
     * @return empty if there is none any more
     */
    Optional<Instant> nextAttempt(int counted, Instant declinedAt, ZoneId zone) {
        if (counted > daysBetweenAttempts.size()) {
            return Optional.empty();
        }
        return Optional.of(open(daysLater(declinedAt, daysBetweenAttempts.get(counted - 1), zone), zone));
    }

    /** The first moment from {@code at} on that lies in no window. */
    Instant open(Instant at, ZoneId zone) {
        Instant open = at;
        Instant before;
        do {
            before = open;
            if (quietHours != null) {
                open = quietHours.leave(open, zone);
            }
            for (DailyWindow window : maintenance) {
                open = window.leave(open, BANKS);
            }
        } while (!open.equals(before));
        return open;
    }

    /**
     * What follows a stage that has lasted its time; stages without a day are passed over.
     *
     * @return ENDED after the last one; the same where the last one lasts for ever
     */
    DunningStage after(DunningStage stage) {
        return switch (stage) {
            case GRACE -> restrictedDays > 0 ? DunningStage.RESTRICTED : after(DunningStage.RESTRICTED);
            case RESTRICTED ->
                suspendedDays > 0 || finalAction == FinalAction.STAY_SUSPENDED
                        ? DunningStage.SUSPENDED
                        : DunningStage.ENDED;
            case SUSPENDED ->
                switch (finalAction) {
                    case CANCEL -> DunningStage.ENDED;
                    case STAY_SUSPENDED -> DunningStage.SUSPENDED;
                };
            case RECOVERED, ENDED -> throw notOpen(stage);
        };
    }

    /**
     * When a stage that begins at {@code begun} is over.
     *
     * @return empty if time does not end it
     */
    Optional<Instant> end(DunningStage stage, Instant begun, ZoneId zone) {
        return switch (stage) {
            case GRACE -> Optional.of(daysLater(begun, graceDays, zone));
            case RESTRICTED -> Optional.of(daysLater(begun, restrictedDays, zone));
            case SUSPENDED ->
                switch (finalAction) {
                    case CANCEL -> Optional.of(daysLater(begun, suspendedDays, zone));
                    case STAY_SUSPENDED -> Optional.empty();
                };
            case RECOVERED, ENDED -> throw notOpen(stage);
        };
    }

    private static IllegalArgumentException notOpen(DunningStage stage) {
        return new IllegalArgumentException("stage: " + stage + " (expected: an open one)");
    }

    /** At the same time of day; a time that clocks pass over that day is as much later. */
    private static Instant daysLater(Instant at, int days, ZoneId zone) {
        return at.atZone(zone).plusDays(days).toInstant();
    }

    private static boolean isStage(int days) {
        return days >= 0 && days <= LONGEST_STAGE;
    }

    private static void require(String field, Object value, boolean holds, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: " + expected + ")");
        }
    }
}
