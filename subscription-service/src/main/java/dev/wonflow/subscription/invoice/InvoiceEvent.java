package dev.wonflow.subscription.invoice;

import java.time.Instant;

/** What happened to an invoice. Internal; one adapter turns it into a contract message. */
public sealed interface InvoiceEvent {

    /** When it happened. */
    Instant at();

    /** It was issued; if something is to be paid, its billing method is to be charged. */
    record Issued(Instant at) implements InvoiceEvent {}

    /** It was paid, or there was nothing to pay. */
    record Paid(Instant at) implements InvoiceEvent {}

    /** It counts as never issued; nothing may be charged for it any more. */
    record Voided(Instant at) implements InvoiceEvent {}

    /** Nobody pays it any more; nothing is charged for it by itself. */
    record GivenUp(Instant at) implements InvoiceEvent {}
}
