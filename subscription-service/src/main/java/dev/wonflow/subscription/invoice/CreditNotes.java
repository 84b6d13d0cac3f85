package dev.wonflow.subscription.invoice;

/** Every credit note there was. */
public interface CreditNotes {

    void add(CreditNote note, Invoice invoice);

    /**
     * The next number of a year, without gaps: it is taken in the caller's transaction, and whoever comes next waits.
     */
    DocumentNumber takeNumber(int year);
}
