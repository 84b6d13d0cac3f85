/** Refunds in PostgreSQL. */
@NullMarked
package dev.wonflow.payment.refund.jdbc;

import org.jspecify.annotations.NullMarked;
