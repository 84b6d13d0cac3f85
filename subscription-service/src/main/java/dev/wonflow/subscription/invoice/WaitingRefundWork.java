package dev.wonflow.subscription.invoice;

import dev.wonflow.subscription.subscription.MoneyWentBack;
import dev.wonflow.work.Claim;
import dev.wonflow.work.WorkHandler;
import dev.wonflow.work.WorkKind;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Looks again at refunds whose charge was not taken in yet, until it is. */
public final class WaitingRefundWork implements WorkHandler<MoneyWentBack> {

    /** The name is in the database and in metrics. */
    public static final WorkKind KIND = WorkKind.named("invoice.refund");

    private final TakeBackPayments takeBackPayments;
    private final WaitingRefunds waiting;
    private final Function<String, MoneyWentBack> reading;
    private final Clock clock;

    /**
     * Makes the handler.
     *
     * @param reading of what was planned
     */
    public WaitingRefundWork(
            TakeBackPayments takeBackPayments,
            WaitingRefunds waiting,
            Function<String, MoneyWentBack> reading,
            Clock clock) {
        this.takeBackPayments = takeBackPayments;
        this.waiting = waiting;
        this.reading = reading;
        this.clock = clock;
    }

    @Override
    public MoneyWentBack work(Claim item) {
        return reading.apply(Objects.requireNonNull(item.payload()));
    }

    @Override
    public void settle(List<Done<MoneyWentBack>> done) {
        for (Done<MoneyWentBack> one : done) {
            MoneyWentBack money = one.result();
            boolean young = clock.instant().isBefore(money.at().plus(WaitingRefunds.LIMIT));
            if (!takeBackPayments.takeBack(money) && young) {
                waiting.add(money, clock.instant());
            }
        }
    }
}
