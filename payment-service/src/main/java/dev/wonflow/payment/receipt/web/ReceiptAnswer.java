package dev.wonflow.payment.receipt.web;

import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.receipt.CashReceipt;
import dev.wonflow.payment.receipt.ReceiptRequest;
import dev.wonflow.payment.receipt.ReceiptRequestStatus;
import dev.wonflow.payment.receipt.RequestReceipt;
import dev.wonflow.web.statement.Field;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cash receipt that was asked for, as a shop sees it.
 *
 * @param status how the request stands; {@code done} once Toss has passed it on to the tax office
 * @param amount what the receipt says; 0 until Toss has been asked
 * @param taxFreeAmount the part of it that no tax was on
 * @param receiptKey Toss's name of it
 * @param issueNumber the tax office's number of it
 * @param receiptUrl where the buyer can look at it
 * @param issueStatus Toss's word; while it is {@code IN_PROGRESS}, the tax office has still to decide
 */
record ReceiptAnswer(
        UUID requestId,
        UUID paymentId,
        String orderId,
        @Field(words = ReceiptRequestStatus.class) String status,
        String type,
        @Field(won = true) long amount,
        @Field(won = true) long taxFreeAmount,
        @Nullable String receiptKey,
        @Nullable String issueNumber,
        @Nullable String receiptUrl,
        @Nullable String issueStatus,
        Instant requestedAt) {

    static ReceiptAnswer of(RequestReceipt.Asked asked) {
        ReceiptRequest request = asked.request();
        CashReceipt receipt = asked.receipt();
        GatewayReceipt told = receipt == null ? null : receipt.told();
        return new ReceiptAnswer(
                request.id().value(),
                asked.payment().id().value(),
                asked.payment().orderId().value(),
                request.status().text(),
                request.type().word(),
                request.amount().won(),
                request.taxFree().won(),
                request.receiptKey(),
                told == null ? null : told.issueNumber(),
                told == null ? null : told.receiptUrl(),
                told == null || told.status() == null ? null : told.status().name(),
                request.requestedAt());
    }
}
