package dev.wonflow.subscription.renewal.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Operator;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.renewal.ReleaseParked;
import dev.wonflow.subscription.renewal.RenewalSwitch;
import dev.wonflow.subscription.renewal.Renewals;
import dev.wonflow.subscription.renewal.TurnSwitch;
import dev.wonflow.subscription.subscription.ParkingReason;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.ProblemKind;
import dev.wonflow.web.page.Page;
import dev.wonflow.web.page.PageRequest;
import dev.wonflow.web.page.Position;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What operators see of renewals, and how they stop them. */
@RestController
@RequestMapping("/api/renewals")
class RenewalController {

    private static final ProblemKind NOT_PARKED = new ProblemKind(404, "renewal.not-parked");

    private static final int MAX_REASON = 500;

    private final Renewals renewals;
    private final TurnSwitch turnSwitch;
    private final ReleaseParked releaseParked;
    private final Clock clock;

    RenewalController(Renewals renewals, TurnSwitch turnSwitch, ReleaseParked releaseParked, Clock clock) {
        this.renewals = renewals;
        this.turnSwitch = turnSwitch;
        this.releaseParked = releaseParked;
        this.clock = clock;
    }

    /** Shows whether subscriptions are renewed, and how far the newest run has come. */
    @AllowedTo("operator:renewals")
    @GetMapping
    @Operation(id = "getRenewals")
    RenewalsView renewals(Operator operator) {
        Instant now = clock.instant();
        RenewalSwitch turned = renewals.look();
        return RenewalsView.of(
                turned,
                renewals.progress(now)
                        .map(progress -> RunView.of(progress, turned.isOn(), now))
                        .orElse(null));
    }

    /** Stops renewals and further attempts: nothing more is claimed, and what is under way is answered. */
    @AllowedTo("operator:renewals")
    @PostMapping("/pause")
    @Operation(id = "pauseRenewals")
    SwitchView pause(@RequestBody TurnBody body, Operator operator) {
        return SwitchView.of(turnSwitch.pause(operator, reason(body)));
    }

    /**
     * Has renewals go on with what is due next, after a pause or a halt. The time in between counts for nobody, and
     * what was declined just before a halt is charged again and counts for nothing.
     */
    @AllowedTo("operator:renewals")
    @PostMapping("/resume")
    @Operation(id = "resumeRenewals")
    SwitchView resume(@RequestBody TurnBody body, Operator operator) {
        return SwitchView.of(turnSwitch.resume(operator, reason(body)));
    }

    /** Lists the subscriptions nothing is charged for because it would not be safe, the longest parked first. */
    @AllowedTo("operator:renewals")
    @GetMapping("/parked")
    @Operation(id = "listParkedSubscriptions")
    Page<ParkedView> parked(PageRequest page, Operator operator) {
        Position after = page.after();
        return Page.of(
                page,
                renewals.parked(
                        after == null ? null : new Renewals.Place(after.at(), new SubscriptionId(after.id())),
                        page.limitAndOne()),
                parked -> new Position(parked.since(), parked.id().value()),
                ParkedView::of);
    }

    /** Has a parked subscription renewed again; if it still is not safe, it is parked once more. */
    @AllowedTo("operator:renewals")
    @PostMapping("/parked/{id}/release")
    @Operation(id = "releaseParkedSubscription", problems = "renewal.not-parked")
    ReleasedView release(@Field(format = "uuid") @PathVariable("id") String id, Operator operator) {
        SubscriptionId subscription = subscriptionId(id);
        if (!releaseParked.release(operator, subscription)) {
            throw new NotParked(id);
        }
        return new ReleasedView(subscription.value());
    }

    private static String reason(TurnBody body) {
        String reason = InvalidRequest.required("reason", body.reason(), "text of 1 to " + MAX_REASON + " characters");
        if (reason.isBlank() || reason.length() > MAX_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequest("reason: " + reason.length() + " characters (expected: text of 1 to " + MAX_REASON
                    + " characters)");
        }
        return reason;
    }

    private static SubscriptionId subscriptionId(String id) {
        try {
            return new SubscriptionId(UUID.fromString(id));
        } catch (IllegalArgumentException _) {
            throw new NotParked(id);
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @ExceptionHandler
    ProblemDetail on(NotParked e) {
        return CodedProblem.of(NOT_PARKED, e.getMessage());
    }

    static final class NotParked extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotParked(String id) {
            super("subscription " + id.substring(0, Math.min(id.length(), 40))
                    + ": not parked (expected: an id of GET /api/renewals/parked)");
        }
    }

    /**
     * Why.
     *
     * @param reason shown to other operators, and kept in the audit trail
     */
    record TurnBody(
            @Field(required = true, max = MAX_REASON, example = "card company reports an outage") @Nullable
            String reason) {}

    /**
     * Whether subscriptions are renewed.
     *
     * @param state {@code on}, {@code paused} by an operator, or {@code halted} because too much failed
     * @param reason why it is so
     * @param changedBy operator; none if the service halted by itself
     */
    record SwitchView(
            @Field(words = RenewalSwitch.State.class) String state,
            @Nullable String reason,
            @Nullable String changedBy,
            Instant changedAt) {

        static SwitchView of(RenewalSwitch held) {
            return new SwitchView(word(held.state()), held.reason(), held.changedBy(), held.changedAt());
        }
    }

    /**
     * Whether subscriptions are renewed, and how far it has come.
     *
     * @param run the newest run; none if there never was one
     */
    record RenewalsView(
            @Field(words = RenewalSwitch.State.class) String state,
            @Nullable String reason,
            @Nullable String changedBy,
            Instant changedAt,
            @Nullable RunView run) {

        static RenewalsView of(RenewalSwitch held, @Nullable RunView run) {
            return new RenewalsView(word(held.state()), held.reason(), held.changedBy(), held.changedAt(), run);
        }
    }

    /**
     * A run: from when something was due until nothing was.
     *
     * @param endedAt none while it runs
     * @param due subscriptions that had something to do when it started
     * @param claimed subscriptions for which it was done
     * @param done charges that took money, first payments and changes of plans while it ran among them
     * @param failed charges that were declined, but for those that count for nothing and are made again
     * @param unknown charges whose outcome is not known yet
     * @param underWay charges that are not answered yet
     * @param remaining subscriptions that still have something to do, and invoices that wait to be charged again
     * @param perMinute charges answered in the last minute; in the first one as many as it would be
     * @param estimatedEnd when nothing will be left at this rate; none if it stands still, is stopped or has ended
     */
    record RunView(
            UUID id,
            Instant startedAt,
            @Nullable Instant endedAt,
            long due,
            long claimed,
            long done,
            long failed,
            long unknown,
            long underWay,
            long remaining,
            long perMinute,
            @Nullable Instant estimatedEnd) {

        static RunView of(Renewals.Progress progress, boolean goesOn, Instant now) {
            return new RunView(
                    progress.run().id(),
                    progress.run().startedAt(),
                    progress.run().endedAt(),
                    progress.run().due(),
                    progress.run().claimed(),
                    progress.paid(),
                    progress.declined(),
                    progress.unknown(),
                    progress.underWay(),
                    progress.remaining(),
                    progress.perMinute(),
                    goesOn ? estimatedEnd(progress, now) : null);
        }

        private static @Nullable Instant estimatedEnd(Renewals.Progress progress, Instant now) {
            long left = progress.remaining() + progress.underWay();
            if (progress.run().endedAt() != null || progress.perMinute() == 0) {
                return null;
            }
            return now.plus(Duration.ofSeconds(Math.ceilDiv(left * 60, progress.perMinute())));
        }
    }

    /**
     * A subscription nothing is charged for.
     *
     * @param reason why charging would not be safe
     * @param dueAt when it would have been charged
     */
    record ParkedView(
            UUID subscriptionId,
            String tenantId,
            String product,
            String plan,
            @Field(words = ParkingReason.class) String reason,
            Instant parkedAt,
            @Nullable Instant dueAt) {

        static ParkedView of(Renewals.Parked parked) {
            return new ParkedView(
                    parked.id().value(),
                    parked.tenant().value(),
                    parked.product(),
                    parked.plan(),
                    word(parked.reason()),
                    parked.since(),
                    parked.dueAt());
        }
    }

    /** A subscription that is renewed again. */
    record ReleasedView(UUID subscriptionId) {}
}
