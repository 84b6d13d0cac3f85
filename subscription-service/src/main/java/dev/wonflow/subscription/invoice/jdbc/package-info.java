/** Invoices, coupons and credit in PostgreSQL. */
@NullMarked
package dev.wonflow.subscription.invoice.jdbc;

import org.jspecify.annotations.NullMarked;
