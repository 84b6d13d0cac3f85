package dev.wonflow.subscription.invoice;

/** Number of a receipt or a credit note: without gaps, from 1 on, within a year in Seoul. */
public record DocumentNumber(int year, long number) {

    /** As people read it, such as {@code 2026-000042}. */
    @Override
    public String toString() {
        return "%d-%06d".formatted(year, number);
    }
}
