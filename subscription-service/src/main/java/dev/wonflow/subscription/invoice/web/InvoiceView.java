package dev.wonflow.subscription.invoice.web;

import dev.wonflow.money.Money;
import dev.wonflow.subscription.invoice.Amounts;
import dev.wonflow.subscription.invoice.DocumentNumber;
import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.subscription.invoice.InvoiceKind;
import dev.wonflow.subscription.invoice.InvoiceLine;
import dev.wonflow.subscription.invoice.InvoicePayment;
import dev.wonflow.subscription.invoice.InvoiceStatus;
import dev.wonflow.subscription.invoice.LineKind;
import dev.wonflow.web.statement.Field;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invoice.
 *
 * @param kind {@code period}: a whole period; {@code change}: other terms within one
 * @param periodStart begin of the time it is for; {@code periodEnd} likewise its end
 * @param plan id of the plan it is for
 * @param quantity seats
 * @param amount what is to be paid, VAT included: the sum of the lines
 * @param taxFreeAmount part of it that is free of VAT
 * @param vat part of it that is VAT
 * @param discount what a coupon took off
 * @param creditUsed credit that was taken off
 * @param creditLeft what stays as credit
 * @param refundedAmount part of it that went back
 * @param issuedAt when it was issued
 * @param paidAt when it was paid; not there: it was not
 * @param receiptNumber year in Seoul and a number without gaps within it; not there: it was not paid
 * @param orderId order of the payment
 * @param paymentId payment that paid it; not there: there was nothing to pay, or it was not paid
 * @param livemode whether real money paid it
 */
record InvoiceView(
        UUID invoiceId,
        UUID subscriptionId,
        String product,
        @Field(words = InvoiceKind.class) String kind,
        @Field(words = InvoiceStatus.class) String status,
        long periodNumber,
        Instant periodStart,
        Instant periodEnd,
        String plan,
        long planVersion,
        int quantity,
        @Field(won = true) long amount,
        @Field(won = true) long taxFreeAmount,
        @Field(won = true) long vat,
        @Field(won = true) long discount,
        @Field(won = true) long creditUsed,
        @Field(won = true) long creditLeft,
        @Field(won = true) long refundedAmount,
        @Field(only = Money.CURRENCY) String currency,
        List<LineView> lines,
        Instant issuedAt,
        @Nullable Instant paidAt,
        @Nullable String receiptNumber,
        @Nullable String orderId,
        @Nullable String paymentId,
        @Nullable Boolean livemode) {

    static InvoiceView of(Invoice invoice) {
        Amounts amounts = invoice.amounts();
        InvoicePayment payment = invoice.payment();
        DocumentNumber receipt = invoice.receipt();
        return new InvoiceView(
                invoice.id().value(),
                invoice.subscriptionId().value(),
                invoice.product(),
                word(invoice.kind()),
                word(invoice.status()),
                invoice.period().number(),
                invoice.period().start(),
                invoice.period().end(),
                invoice.terms().plan(),
                invoice.terms().planVersion(),
                invoice.terms().quantity(),
                amounts.total().won(),
                amounts.taxFree().won(),
                amounts.vat().won(),
                amounts.discount().won(),
                amounts.creditUsed().won(),
                amounts.creditLeft().won(),
                invoice.refunded().won(),
                Money.CURRENCY,
                invoice.lines().stream().map(LineView::of).toList(),
                invoice.issuedAt(),
                invoice.paidAt(),
                receipt == null ? null : receipt.toString(),
                payment == null ? null : payment.orderId(),
                payment == null ? null : payment.paymentId(),
                payment == null ? null : payment.livemode());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A line.
     *
     * @param about name of the plan, or code of the coupon
     * @param unitAmount what one adds, in won; below 0 for what is taken off
     * @param amount what all of them add, in won
     */
    record LineView(
            @Field(words = LineKind.class) String kind, String about, int quantity, long unitAmount, long amount) {

        static LineView of(InvoiceLine line) {
            return new LineView(word(line.kind()), line.about(), line.quantity(), line.unitWon(), line.amountWon());
        }
    }
}
