package dev.wonflow.subscription.invoice;

/**
 * Something that happened, with the invoice as it is stored afterwards.
 *
 * @param invoice with its new version
 */
public record InvoiceFact(Invoice invoice, InvoiceEvent event) {}
