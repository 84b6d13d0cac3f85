package dev.wonflow.subscription.subscription.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Operator;
import dev.wonflow.subscription.subscription.MoveSubscribers;
import dev.wonflow.subscription.subscription.SubscriptionRefused;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Lets operators change prices of running subscriptions. */
@RestController
class SubscriberController {

    private static final int MAX_ID = 50;
    private static final int MOST_DAYS = 365;

    private final MoveSubscribers moveSubscribers;

    SubscriberController(MoveSubscribers moveSubscribers) {
        this.moveSubscribers = moveSubscribers;
    }

    /**
     * Moves running subscriptions of older versions of a plan to the one on sale, each in its first period that begins
     * after the notice. Those that were to change otherwise, and those paid for by hand, are left alone. To come again
     * does no harm.
     */
    @AllowedTo("operator:catalogue")
    @Operation(id = "moveSubscribers", problems = "subscription.plan-not-on-sale")
    @PostMapping("/api/plans/{id}/move-subscribers")
    MovedView move(
            @Field(max = MAX_ID) @PathVariable("id") String id,
            @RequestBody(required = false) @Nullable MoveBody body,
            Operator operator) {
        Integer days = body == null ? null : body.noticeDays();
        if (days != null && (days < 0 || days > MOST_DAYS)) {
            throw new InvalidRequest("noticeDays: " + days + " (expected: 0 to " + MOST_DAYS + ")");
        }
        return moveSubscribers
                .toNewest(id, days, operator)
                .map(MovedView::of)
                .orElseThrow(() -> new SubscriptionRefused(
                        SubscriptionRefused.Reason.PLAN_NOT_ON_SALE, "plan: not on sale (expected: one that is)"));
    }

    /**
     * How long before.
     *
     * @param noticeDays not there: as the plan says
     */
    record MoveBody(
            @Field(min = 0, max = MOST_DAYS) @Nullable Integer noticeDays) {}

    /**
     * What was arranged.
     *
     * @param version to which they move
     * @param from they do in the first period that begins then or later
     * @param moved how many were told now
     */
    record MovedView(long version, Instant from, int moved) {

        static MovedView of(MoveSubscribers.Moved moved) {
            return new MovedView(moved.version(), moved.from(), moved.moved());
        }
    }
}
