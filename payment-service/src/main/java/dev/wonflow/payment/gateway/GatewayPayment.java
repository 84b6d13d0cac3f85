package dev.wonflow.payment.gateway;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.WebhookSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A payment as Toss describes it, before anybody has checked that it is ours.
 *
 * @param approvedAt when the money came in; {@code null} if it never did
 * @param dueAt until when a virtual account takes the deposit; {@code null} for every other method
 * @param expired whether Toss calls the virtual account run out, which changes no state and sends no webhook
 * @param account where a buyer pays by transfer; {@code null} for every other method, and where it cannot be read
 * @param cancels what has gone back or is on its way, as far as it can be read; in no certain order
 * @param taxFree part of what is left that carried no VAT
 * @param receipts cash receipts asked for with the payment, and their cancels, as far as they can be read; in no
 *     certain order
 */
public record GatewayPayment(
        OrderId orderId,
        PaymentKey paymentKey,
        Money amount,
        Money balance,
        String currency,
        @Nullable String method,
        @Nullable Instant approvedAt,
        @Nullable Instant dueAt,
        boolean expired,
        @Nullable WebhookSecret secret,
        @Nullable String lastTransactionKey,
        @Nullable GatewayAccount account,
        List<GatewayCancel> cancels,
        Money taxFree,
        List<GatewayReceipt> receipts) {

    public GatewayPayment {
        cancels = List.copyOf(cancels);
        receipts = List.copyOf(receipts);
    }

    /** A payment without a cash receipt. */
    public GatewayPayment(
            OrderId orderId,
            PaymentKey paymentKey,
            Money amount,
            Money balance,
            String currency,
            @Nullable String method,
            @Nullable Instant approvedAt,
            @Nullable Instant dueAt,
            boolean expired,
            @Nullable WebhookSecret secret,
            @Nullable String lastTransactionKey,
            @Nullable GatewayAccount account,
            List<GatewayCancel> cancels) {
        this(
                orderId,
                paymentKey,
                amount,
                balance,
                currency,
                method,
                approvedAt,
                dueAt,
                expired,
                secret,
                lastTransactionKey,
                account,
                cancels,
                Money.ZERO,
                List.of());
    }

    /** A payment of which nothing has gone back. */
    public GatewayPayment(
            OrderId orderId,
            PaymentKey paymentKey,
            Money amount,
            Money balance,
            String currency,
            @Nullable String method,
            @Nullable Instant approvedAt,
            @Nullable Instant dueAt,
            boolean expired,
            @Nullable WebhookSecret secret,
            @Nullable String lastTransactionKey) {
        this(
                orderId,
                paymentKey,
                amount,
                balance,
                currency,
                method,
                approvedAt,
                dueAt,
                expired,
                secret,
                lastTransactionKey,
                null,
                List.of());
    }

    /** The same, with the account it is paid into. */
    public GatewayPayment into(GatewayAccount of) {
        return new GatewayPayment(
                orderId,
                paymentKey,
                amount,
                balance,
                currency,
                method,
                approvedAt,
                dueAt,
                expired,
                secret,
                lastTransactionKey,
                of,
                cancels,
                taxFree,
                receipts);
    }

    /**
     * Names what contradicts the payment that this order and this sum belong to. Toss's idempotency does not look at
     * bodies, so an answer may belong to another request.
     */
    public Optional<String> contradiction(OrderId order, Money price) {
        if (!orderId.equals(order)) {
            return Optional.of("orderId: " + orderId + " (expected: " + order + ")");
        }
        if (!currency.equals(Money.CURRENCY)) {
            return Optional.of("currency: " + currency + " (expected: " + Money.CURRENCY + ")");
        }
        if (!amount.equals(price)) {
            return Optional.of("amount: " + amount + " (expected: " + price + ")");
        }
        return Optional.empty();
    }

    /** Whether this is the payment the attempt is made with. */
    public boolean isOfKey(Attempt attempt) {
        return paymentKey.equals(attempt.paymentKey());
    }

    /** Whether this is what the attempt asks for. */
    public boolean fits(Attempt attempt) {
        return isOfKey(attempt)
                && orderId.equals(attempt.orderId())
                && amount.equals(attempt.amount())
                && currency.equals(Money.CURRENCY);
    }

    /** What is left once what is on its way is counted as still here, for it may come to nothing. */
    public Money settledBalance() {
        Money onItsWay = sum(GatewayCancel.State.IN_PROGRESS);
        return amount.minus(balance).isLessThan(onItsWay) ? balance : balance.plus(onItsWay);
    }

    /** Since when money has been on its way back that may still come to nothing; empty if none is. */
    public Optional<Instant> onItsWayBackSince() {
        return cancels.stream()
                .filter(cancel -> cancel.state() == GatewayCancel.State.IN_PROGRESS)
                .map(cancel -> cancel.canceledAt() == null ? Instant.MAX : cancel.canceledAt())
                .min(Comparator.naturalOrder());
    }

    /** Whether the cancels account for all that is missing. If they do not, one of them may not have been readable. */
    public boolean cancelsAddUp() {
        return balance.plus(sum(GatewayCancel.State.DONE))
                .plus(sum(GatewayCancel.State.IN_PROGRESS))
                .equals(amount);
    }

    private Money sum(GatewayCancel.State state) {
        return cancels.stream()
                .filter(cancel -> cancel.state() == state)
                .map(GatewayCancel::amount)
                .reduce(Money.ZERO, Money::plus);
    }

    /** Whether the money can leave again without a refund: a bank takes back a deposit, never a card's approval. */
    public boolean isDeposit() {
        return dueAt != null;
    }

    /** Whether a virtual account takes no deposit any more. */
    public boolean isRunOut(Instant now, Duration grace) {
        return expired || (dueAt != null && now.isAfter(dueAt.plus(grace)));
    }
}
