package dev.wonflow.payment.payment;

import dev.wonflow.access.Caller;
import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.payment.plan.CatalogueNotRead;
import dev.wonflow.payment.plan.ComparePrice;
import dev.wonflow.runtime.IdSource;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** Creates the payment of an order. A plan costs what the catalogue says, whatever the caller says. */
@Service
public class RequestPayment {

    private static final Logger log = LoggerFactory.getLogger(RequestPayment.class);

    private final Payments payments;
    private final ClosedOrders closedOrders;
    private final ComparePrice comparePrice;
    private final Changes changes;
    private final Merchant merchant;
    private final IdSource ids;
    private final Clock clock;
    private final TransactionOperations transaction;

    RequestPayment(
            Payments payments,
            ClosedOrders closedOrders,
            ComparePrice comparePrice,
            Changes changes,
            Merchant merchant,
            IdSource ids,
            Clock clock,
            TransactionOperations transaction) {
        this.payments = payments;
        this.closedOrders = closedOrders;
        this.comparePrice = comparePrice;
        this.changes = changes;
        this.merchant = merchant;
        this.ids = ids;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * A purchase beside what the catalogue says of it.
     *
     * @param answer none if no plan is bought
     */
    public record Compared(Purchase purchase, ComparePrice.@Nullable Answer answer) {}

    /** Asks the catalogue about a purchase, as far as it has been read here; empty where that does not say enough. */
    public Optional<Compared> compareWithRead(Purchase purchase) {
        String plan = purchase.plan();
        return plan == null
                ? Optional.of(new Compared(purchase, null))
                : comparePrice.compareWithRead(plan, purchase.amount()).map(answer -> new Compared(purchase, answer));
    }

    /** Asks the catalogue about a purchase. Not for use within a transaction, see {@link ComparePrice#compare}. */
    public Compared compare(Purchase purchase) {
        String plan = purchase.plan();
        return new Compared(purchase, plan == null ? null : comparePrice.compare(plan, purchase.amount()));
    }

    /**
     * Requests a payment as a caller asks for it. An order that has one keeps the one it has.
     *
     * @throws PriceRefused if it buys a plan that is not sold for its amount
     * @throws CatalogueNotRead if it buys a plan that the catalogue may have and this service has not read yet
     */
    public Payment request(Caller caller, Compared compared) {
        return transaction.execute(_ -> payments.findByPurchaseOrderId(
                        compared.purchase().orderId())
                .orElseGet(() -> {
                    Payment opened = openedUnlessClosed(priced(compared));
                    changes.audit(caller, "payment.request", null, opened, null);
                    return opened;
                }));
    }

    /**
     * Requests the payment of an order that others know already, so that it cannot be refused. If it buys a plan that
     * is not sold for its amount, the payment ends before anybody can pay it, and the order ends with it. In the
     * transaction of the message that tells of the order.
     *
     * @throws CatalogueNotRead if it buys a plan that the catalogue may have and this service has not read yet
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void requestForOrder(Compared compared) {
        if (payments.findByPurchaseOrderId(compared.purchase().orderId()).isEmpty()) {
            openOrEnd(compared);
        }
    }

    private void openOrEnd(Compared compared) {
        Purchase purchase = compared.purchase();
        try {
            openedUnlessClosed(priced(compared));
        } catch (PriceRefused e) {
            log.warn(
                    "Order {} of tenant {} cannot be paid: {}",
                    purchase.orderId(),
                    purchase.tenantId(),
                    e.getMessage());
            changes.save(opened(purchase).canceled(PaymentEvent.CancelReason.NOT_ON_SALE, clock.instant()));
        }
    }

    private Payment openedUnlessClosed(Purchase purchase) {
        Payment payment = opened(purchase);
        return closedOrders
                .closedAt(payment.orderId())
                .map(closedAt -> changes.save(payment.orderClosed(closedAt)
                        .canceled(PaymentEvent.CancelReason.ORDER_CANCELLED, clock.instant())))
                .orElse(payment);
    }

    private Payment opened(Purchase purchase) {
        return changes.save(
                Payment.requested(new PaymentId(ids.next()), purchase, merchant.livemode(), clock.instant()));
    }

    private static Purchase priced(Compared compared) {
        Purchase purchase = compared.purchase();
        String plan = purchase.plan();
        if (plan == null) {
            return purchase;
        }
        return switch (Objects.requireNonNull(compared.answer())) {
            case ComparePrice.Answer.Right(long version) -> purchase.atPriceOf(version);
            case ComparePrice.Answer.AnotherPrice(Money price) ->
                throw PriceRefused.anotherPrice(plan, purchase.amount(), price);
            case ComparePrice.Answer.NotOnSale() -> throw PriceRefused.notOnSale(plan);
            case ComparePrice.Answer.NotKnownYet() -> throw new CatalogueNotRead(plan);
        };
    }
}
