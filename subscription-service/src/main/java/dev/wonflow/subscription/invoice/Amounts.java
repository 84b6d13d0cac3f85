package dev.wonflow.subscription.invoice;

import dev.wonflow.money.Money;

/**
 * What an invoice comes to.
 *
 * @param total what is to be paid, VAT included
 * @param taxFree part of it that is free of VAT
 * @param vat part of it: an eleventh of what is not free of it, half a won up
 * @param discount what coupons took off
 * @param creditUsed credit of the tenant that was taken off
 * @param creditLeft what stays with the tenant as credit, once the invoice is settled
 */
public record Amounts(Money total, Money taxFree, Money vat, Money discount, Money creditUsed, Money creditLeft) {}
