package dev.wonflow.subscription.invoice.web;

import dev.wonflow.money.Money;
import dev.wonflow.subscription.invoice.Invoice;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An invoice as a line of a file. */
final class InvoiceRow {

    static final List<String> COLUMNS = List.of(
            "invoiceId",
            "receiptNumber",
            "product",
            "kind",
            "status",
            "plan",
            "quantity",
            "periodStart",
            "periodEnd",
            "amount",
            "supplyAmount",
            "vat",
            "taxFreeAmount",
            "discount",
            "creditUsed",
            "refundedAmount",
            "currency",
            "issuedAt",
            "paidAt",
            "orderId",
            "paymentId");

    private InvoiceRow() {}

    static List<?> of(Invoice invoice) {
        Money supply = invoice.total()
                .minus(invoice.amounts().taxFree())
                .minus(invoice.amounts().vat());
        return Arrays.asList(
                invoice.id(),
                invoice.receipt(),
                invoice.product(),
                invoice.kind().name().toLowerCase(Locale.ROOT),
                invoice.status().name().toLowerCase(Locale.ROOT),
                invoice.terms().plan(),
                invoice.terms().quantity(),
                invoice.period().start(),
                invoice.period().end(),
                invoice.total().won(),
                supply.won(),
                invoice.amounts().vat().won(),
                invoice.amounts().taxFree().won(),
                invoice.amounts().discount().won(),
                invoice.amounts().creditUsed().won(),
                invoice.refunded().won(),
                Money.CURRENCY,
                invoice.issuedAt(),
                invoice.paidAt(),
                invoice.payment() == null ? null : invoice.payment().orderId(),
                invoice.payment() == null ? null : invoice.payment().paymentId());
    }
}
