package dev.wonflow.payment.refund.web;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.RefundAccount;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.refund.Refund;
import dev.wonflow.payment.refund.RefundStatus;
import dev.wonflow.payment.refund.RequestRefund;
import dev.wonflow.web.statement.Field;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refund as a shop sees it, with what its payment holds after it.
 *
 * @param status how it stands; until it is {@code done} or {@code failed}, nobody knows yet what comes of it
 * @param paymentStatus how the payment stands
 * @param balanceAmount what is left of the payment's money
 * @param requestedBy who asked for it, where a second person has or had to agree; else the audit trail says it
 * @param refundReceiveAccount where a deposit goes back to, as long as the refund has not ended
 */
record RefundView(
        UUID refundId,
        UUID paymentId,
        String orderId,
        @Field(words = RefundStatus.class) String status,
        @Field(won = true) long amount,
        @Field(won = true) long taxFreeAmount,
        @Field(only = Money.CURRENCY) String currency,
        @Nullable String reason,
        Instant requestedAt,
        @Field(words = PaymentStatus.class) String paymentStatus,
        @Field(won = true) long balanceAmount,
        @Nullable String requestedBy,
        @Nullable AccountView refundReceiveAccount) {

    /**
     * An account of a buyer, enough of it to tell it from another.
     *
     * @param accountNumber its last four digits; the others are stars
     */
    record AccountView(String bank, String accountNumber) {

        private static AccountView of(RefundAccount account) {
            return new AccountView(account.bank(), account.maskedNumber());
        }
    }

    static RefundView of(RequestRefund.Standing standing) {
        Refund refund = standing.refund();
        Payment payment = standing.payment();
        RefundAccount account = standing.account();
        return new RefundView(
                refund.id().value(),
                payment.id().value(),
                payment.orderId().value(),
                refund.status().text(),
                refund.amount().won(),
                refund.taxFree().won(),
                Money.CURRENCY,
                refund.reason(),
                refund.requestedAt(),
                payment.status().text(),
                payment.balance().won(),
                standing.requestedBy(),
                account == null ? null : AccountView.of(account));
    }
}
