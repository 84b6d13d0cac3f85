/** Billing methods in PostgreSQL, their keys sealed. */
@NullMarked
package dev.wonflow.payment.billing.jdbc;

import org.jspecify.annotations.NullMarked;
