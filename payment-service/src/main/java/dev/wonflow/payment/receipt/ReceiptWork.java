package dev.wonflow.payment.receipt;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.work.Claim;
import dev.wonflow.work.WorkHandler;
import dev.wonflow.work.WorkKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The receipts of payments as work: gone on with until nothing is under way, whatever dies in between. */
public final class ReceiptWork implements WorkHandler<Optional<Instant>> {

    /** The name is in the database and in metrics. Id and key are the payment's. */
    public static final WorkKind KIND = WorkKind.keyed("cash-receipt");

    private final CarryOutReceipts carryOutReceipts;
    private final ReceiptRequests requests;

    ReceiptWork(CarryOutReceipts carryOutReceipts, ReceiptRequests requests) {
        this.carryOutReceipts = carryOutReceipts;
        this.requests = requests;
    }

    @Override
    public Optional<Instant> work(Claim item) {
        return carryOutReceipts.goOn(id(item));
    }

    @Override
    public void settle(List<Done<Optional<Instant>>> done) {
        for (Done<Optional<Instant>> one : done) {
            one.result().ifPresent(due -> requests.plan(id(one.item()), due));
        }
    }

    private static PaymentId id(Claim item) {
        return new PaymentId(UUID.fromString(item.id()));
    }
}
