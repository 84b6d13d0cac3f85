package dev.wonflow.subscription.invoice;

/** Who hears of credit notes; several do. */
@FunctionalInterface
public interface CreditNoteEvents {

    /**
     * Takes one in, in the caller's transaction.
     *
     * @param invoice as it is stored afterwards
     */
    void issued(CreditNote note, Invoice invoice);
}
