package dev.wonflow.subscription.invoice;

import java.util.List;

/** Who hears of the facts about invoices; several do, and one of them has what was issued charged. */
@FunctionalInterface
public interface InvoiceEvents {

    /** Takes facts in, in the caller's transaction and in their order. */
    void publish(List<InvoiceFact> facts);
}
