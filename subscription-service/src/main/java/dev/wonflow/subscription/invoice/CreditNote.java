package dev.wonflow.subscription.invoice;

import dev.wonflow.money.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * Money of a paid invoice that went back. Never changes.
 *
 * @param number without gaps, as those of receipts are
 * @param vat part of the amount, so that what is left of the invoice has the VAT it has as a whole
 * @param reason what happened, in words
 */
public record CreditNote(
        UUID id, DocumentNumber number, InvoiceId invoice, Money amount, Money vat, String reason, Instant at) {}
