package dev.wonflow.payment.payment.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.gateway.Remittance;
import dev.wonflow.payment.payment.KeptAccount;
import dev.wonflow.payment.payment.PastReceipts;
import dev.wonflow.payment.payment.PastRefunds;
import dev.wonflow.payment.payment.PastStrays;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentHistory;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.payment.payment.Stray;
import dev.wonflow.web.statement.Field;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment in full.
 *
 * @param virtualAccount where it is to be paid, or was, by transfer
 */
record PaymentDetails(
        @JsonUnwrapped PaymentView payment,
        @Nullable AccountView virtualAccount,
        List<AttemptView> attempts,
        List<RefundView> refunds,
        List<ReceiptView> cashReceipts,
        List<StrayView> strayCaptures) {

    /**
     * An attempt to take the money.
     *
     * @param paymentKey Toss's name of it
     * @param status how it stands; {@code confirming} while its first call is under way
     * @param code Toss's, of an attempt that took no money
     */
    record AttemptView(
            String paymentKey,
            @Field(words = PaymentStatus.class) String status,
            @Nullable String code,
            Instant startedAt,
            @Nullable Instant answeredAt) {

        static AttemptView of(PaymentHistory.PastAttempt attempt) {
            PaymentStatus outcome = attempt.outcome();
            return new AttemptView(
                    attempt.paymentKey().value(),
                    (outcome == null ? PaymentStatus.CONFIRMING : outcome).text(),
                    attempt.code(),
                    attempt.startedAt(),
                    attempt.notedAt());
        }
    }

    /**
     * Money that went back, is to, or came to nothing.
     *
     * @param origin where it was asked for: over this API, by a rule of ours, or elsewhere, such as in Toss's console
     * @param reason what the buyer was told
     */
    record RefundView(
            UUID refundId,
            @Field(words = RefundOrigin.class) String origin,
            String status,
            @Field(won = true) long amount,
            @Nullable String reason,
            @Nullable String failureCode,
            Instant requestedAt,
            Instant changedAt) {

        static RefundView of(PastRefunds.PastRefund refund) {
            return new RefundView(
                    refund.id(),
                    refund.origin().text(),
                    refund.status(),
                    refund.amount().won(),
                    refund.reason(),
                    refund.failureCode(),
                    refund.requestedAt(),
                    refund.changedAt());
        }
    }

    /**
     * A virtual account, opened in Toss's window or over this API.
     *
     * @param bank two characters, by which Toss names it
     * @param accountNumber with test keys after an X
     * @param holderName whose the buyer's bank says it is
     * @param refundStatus how far the money of a refund has come to the buyer, which takes days after the cancel
     */
    record AccountView(
            String bank,
            String accountNumber,
            @Nullable String holderName,
            @Field(words = Remittance.class) String refundStatus) {

        static AccountView of(KeptAccount kept) {
            return new AccountView(
                    kept.account().bankCode(),
                    kept.account().number(),
                    kept.account().holderName(),
                    kept.remittance().text());
        }
    }

    /**
     * What the tax office was asked for: a cash receipt, or to take one back.
     *
     * @param receiptKey Toss's name of it; all cancels of one receipt share theirs
     * @param transactionType {@code CONFIRM}, or {@code CANCEL} for taking one back
     * @param type 소득공제 or 지출증빙, in Toss's words
     * @param taxFreeAmount the part of it that no tax was on
     * @param issueNumber the tax office's number of it
     * @param receiptUrl where the buyer can look at it
     * @param issueStatus Toss's word; while it is {@code IN_PROGRESS}, the tax office has still to decide
     * @param failureReason the tax office's code of a refusal
     */
    record ReceiptView(
            String receiptKey,
            String transactionType,
            String type,
            @Field(won = true) long amount,
            @Field(won = true) long taxFreeAmount,
            @Nullable String issueNumber,
            @Nullable String receiptUrl,
            @Nullable String issueStatus,
            @Nullable String failureCode,
            @Nullable String failureReason,
            Instant requestedAt,
            Instant changedAt) {

        static ReceiptView of(PastReceipts.PastReceipt receipt) {
            GatewayReceipt told = receipt.told();
            return new ReceiptView(
                    told.receiptKey(),
                    told.kind().name(),
                    told.type(),
                    told.amount().won(),
                    told.taxFree().won(),
                    told.issueNumber(),
                    told.receiptUrl(),
                    told.status() == null ? null : told.status().name(),
                    told.failureCode(),
                    told.failureReason(),
                    told.requestedAt(),
                    receipt.changedAt());
        }
    }

    /**
     * Money that Toss took for the order without its counting for it.
     *
     * @param paymentKey under which Toss took it
     * @param reason another paymentKey than the one that counts, or another amount than the order's
     * @param status how it stands; {@code left} is for a person to have given back
     * @param amount what Toss held when it was found
     * @param origin who had it given back: a rule of ours, or someone elsewhere
     * @param code why it is left to a person; Toss's, or {@code DEPOSIT_WITHOUT_ACCOUNT}
     */
    record StrayView(
            UUID strayCaptureId,
            String paymentKey,
            @Field(words = Stray.Reason.class) String reason,
            String status,
            @Field(won = true) long amount,
            @Field(words = RefundOrigin.class) @Nullable String origin,
            @Nullable String code,
            Instant foundAt,
            Instant changedAt) {

        static StrayView of(PastStrays.PastStray stray) {
            return new StrayView(
                    stray.id(),
                    stray.paymentKey().value(),
                    stray.reason().text(),
                    stray.status(),
                    stray.held().won(),
                    stray.origin() == null ? null : stray.origin().text(),
                    stray.code(),
                    stray.foundAt(),
                    stray.changedAt());
        }
    }

    static PaymentDetails of(
            Payment payment,
            Optional<KeptAccount> account,
            List<PaymentHistory.PastAttempt> attempts,
            List<PastRefunds.PastRefund> refunds,
            List<PastReceipts.PastReceipt> receipts,
            List<PastStrays.PastStray> strays) {
        return new PaymentDetails(
                PaymentView.of(payment),
                account.map(AccountView::of).orElse(null),
                attempts.stream().map(AttemptView::of).toList(),
                refunds.stream().map(RefundView::of).toList(),
                receipts.stream().map(ReceiptView::of).toList(),
                strays.stream().map(StrayView::of).toList());
    }
}
