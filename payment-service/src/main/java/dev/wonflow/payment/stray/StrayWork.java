package dev.wonflow.payment.stray;

import dev.wonflow.work.Claim;
import dev.wonflow.work.WorkHandler;
import dev.wonflow.work.WorkKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Stray captures as work: each is gone after until it has ended, whatever dies in between. */
public final class StrayWork implements WorkHandler<Optional<Instant>> {

    /**
     * The name is in the database and in metrics. Without keys: one that is left to a person for days must not hold up
     * another of the same payment.
     */
    public static final WorkKind KIND = WorkKind.named("stray-capture");

    private final RefundStray refundStray;
    private final StrayCaptures strays;

    StrayWork(RefundStray refundStray, StrayCaptures strays) {
        this.refundStray = refundStray;
        this.strays = strays;
    }

    @Override
    public Optional<Instant> work(Claim item) {
        return refundStray.goOn(id(item));
    }

    @Override
    public void settle(List<Done<Optional<Instant>>> done) {
        for (Done<Optional<Instant>> one : done) {
            one.result().ifPresent(due -> strays.plan(id(one.item()), due));
        }
    }

    private static StrayCaptureId id(Claim item) {
        return new StrayCaptureId(UUID.fromString(item.id()));
    }
}
