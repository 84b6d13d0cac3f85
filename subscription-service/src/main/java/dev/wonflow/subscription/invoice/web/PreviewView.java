package dev.wonflow.subscription.invoice.web;

import dev.wonflow.money.Money;
import dev.wonflow.subscription.invoice.Invoice;
import dev.wonflow.web.statement.Field;
import java.time.Instant;
import java.util.List;

/**
 * What an invoice would be.
 *
 * @param periodStart begin of the time it is for; {@code periodEnd} likewise its end
 * @param plan id of the plan
 * @param quantity seats
 * @param amount what is to be paid, VAT included: the sum of the lines
 * @param vat part of it that is VAT
 * @param creditLeft what stays as credit
 */
record PreviewView(
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
        @Field(only = Money.CURRENCY) String currency,
        List<InvoiceView.LineView> lines) {

    static PreviewView of(Invoice invoice) {
        InvoiceView view = InvoiceView.of(invoice);
        return new PreviewView(
                view.periodStart(),
                view.periodEnd(),
                view.plan(),
                view.planVersion(),
                view.quantity(),
                view.amount(),
                view.taxFreeAmount(),
                view.vat(),
                view.discount(),
                view.creditUsed(),
                view.creditLeft(),
                view.currency(),
                view.lines());
    }
}
