package dev.wonflow.payment.gateway;

import dev.wonflow.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the tax office was asked for through Toss: a cash receipt (현금영수증), or to take one back. Whom it is issued to is
 * never read.
 *
 * @param receiptKey Toss's name for it; all cancels of one receipt share theirs, and are told apart by their times
 * @param type 소득공제 or 지출증빙, in Toss's words
 * @param taxFree part of the amount that carried no VAT
 * @param issueNumber that of the tax office
 * @param status {@code null} if Toss does not say
 * @param failureCode Toss's, if the tax office refused
 * @param failureReason the tax office's own code, such as {@code TS1}
 */
public record GatewayReceipt(
        String receiptKey,
        Kind kind,
        String type,
        Money amount,
        Money taxFree,
        @Nullable String issueNumber,
        @Nullable String receiptUrl,
        @Nullable Status status,
        @Nullable String failureCode,
        @Nullable String failureReason,
        Instant requestedAt) {

    /** What was asked for; {@code transactionType} at Toss. Stored by name. */
    public enum Kind {
        CONFIRM,
        CANCEL
    }

    /** How far it is; {@code issueStatus} at Toss. Stored by name. */
    public enum Status {
        /** The tax office tells a day or two later. So does every state Toss may add. */
        IN_PROGRESS,
        COMPLETED,
        /** The tax office refused. */
        FAILED
    }

    /** Whether this is about the same request as the other one. */
    public boolean isSameRequest(GatewayReceipt other) {
        return receiptKey.equals(other.receiptKey) && requestedAt.equals(other.requestedAt);
    }

    /** Both as one: Toss tells no more of two requests of the same second than that they are two. */
    public GatewayReceipt and(GatewayReceipt other) {
        GatewayReceipt worse = rank(other.status) > rank(status) ? other : this;
        return new GatewayReceipt(
                receiptKey,
                kind,
                type,
                amount.plus(other.amount),
                taxFree.plus(other.taxFree),
                issueNumber,
                receiptUrl,
                worse.status,
                worse.failureCode,
                worse.failureReason,
                requestedAt);
    }

    private static int rank(@Nullable Status status) {
        return switch (status) {
            case null -> 0;
            case COMPLETED -> 1;
            case IN_PROGRESS -> 2;
            case FAILED -> 3;
        };
    }
}
