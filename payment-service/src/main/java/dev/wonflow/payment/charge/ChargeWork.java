package dev.wonflow.payment.charge;

import dev.wonflow.runtime.CrashPoint;
import dev.wonflow.work.Claim;
import dev.wonflow.work.WorkHandler;
import dev.wonflow.work.WorkKind;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Charges as work: each is gone on with until it has ended, whatever dies in between. */
public final class ChargeWork implements WorkHandler<CarryOutCharge.Turn> {

    /** The name is in the database and in metrics. */
    public static final WorkKind KIND = WorkKind.named("charge");

    private final CarryOutCharge carryOutCharge;

    ChargeWork(CarryOutCharge carryOutCharge) {
        this.carryOutCharge = carryOutCharge;
    }

    /** The claim itself is what tells that a call may be made: it is committed before, and counted. */
    @Override
    public CarryOutCharge.Turn work(Claim item) throws InterruptedException {
        return carryOutCharge.turn(id(item), item.attempt() == 1);
    }

    /** In the order of their ids, so that no two transactions wait for each other. */
    @Override
    public void settle(List<Done<CarryOutCharge.Turn>> done) {
        done.stream()
                .sorted(Comparator.comparing(one -> one.item().id()))
                .forEach(one -> carryOutCharge.settle(id(one.item()), one.result()));
        afterCommit(() -> CrashPoint.hit("charge.settled"));
    }

    private static void afterCommit(Runnable step) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

            @Override
            public void afterCommit() {
                step.run();
            }
        });
    }

    private static ChargeId id(Claim item) {
        return new ChargeId(UUID.fromString(item.id()));
    }
}
