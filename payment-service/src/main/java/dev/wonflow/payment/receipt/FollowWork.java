package dev.wonflow.payment.receipt;

import dev.wonflow.work.Claim;
import dev.wonflow.work.WorkHandler;
import dev.wonflow.work.WorkKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Days of receipts as work: looked at until the tax office has decided about all of them. */
public final class FollowWork implements WorkHandler<Optional<Instant>> {

    /** The name is in the database and in metrics. The id is the day, in Seoul. */
    public static final WorkKind KIND = WorkKind.named("cash-receipt.day");

    private final FollowReceipts followReceipts;
    private final ReceiptRequests requests;

    FollowWork(FollowReceipts followReceipts, ReceiptRequests requests) {
        this.followReceipts = followReceipts;
        this.requests = requests;
    }

    @Override
    public Optional<Instant> work(Claim item) {
        return followReceipts.look(LocalDate.parse(item.id()));
    }

    @Override
    public void settle(List<Done<Optional<Instant>>> done) {
        for (Done<Optional<Instant>> one : done) {
            one.result()
                    .ifPresent(due ->
                            requests.planNextLook(LocalDate.parse(one.item().id()), due));
        }
    }
}
