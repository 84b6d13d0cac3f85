/** Refunds in PostgreSQL, tried against it. */
@NullMarked
package dev.wonflow.payment.refund.jdbc;

import org.jspecify.annotations.NullMarked;
