package dev.wonflow.payment.refund;

import dev.wonflow.work.Claim;
import dev.wonflow.work.WorkHandler;
import dev.wonflow.work.WorkKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Refunds as work: each is gone on with until it has ended, whatever dies in between. */
public final class RefundWork implements WorkHandler<Optional<Instant>> {

    /** The name is in the database and in metrics. The key is the payment, as it is of its status checks. */
    public static final WorkKind KIND = WorkKind.keyed("refund");

    private final CarryOutRefund carryOutRefund;
    private final Refunds refunds;

    RefundWork(CarryOutRefund carryOutRefund, Refunds refunds) {
        this.carryOutRefund = carryOutRefund;
        this.refunds = refunds;
    }

    @Override
    public Optional<Instant> work(Claim item) {
        return carryOutRefund.goOn(id(item));
    }

    @Override
    public void settle(List<Done<Optional<Instant>>> done) {
        for (Done<Optional<Instant>> one : done) {
            one.result().ifPresent(due -> {
                RefundId id = id(one.item());
                refunds.plan(id, refunds.find(id).orElseThrow().paymentId(), due);
            });
        }
    }

    private static RefundId id(Claim item) {
        return new RefundId(UUID.fromString(item.id()));
    }
}
