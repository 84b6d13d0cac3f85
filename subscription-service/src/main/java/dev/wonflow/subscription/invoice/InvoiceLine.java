package dev.wonflow.subscription.invoice;

/**
 * A line of an invoice.
 *
 * @param about name of the plan, or code of the coupon
 * @param quantity pieces; 1 or more
 * @param unitWon what one adds to the total, in won; below 0 for what is taken off
 * @param amountWon what all of them add; {@code quantity} times {@code unitWon}
 */
public record InvoiceLine(LineKind kind, String about, int quantity, long unitWon, long amountWon) {}
