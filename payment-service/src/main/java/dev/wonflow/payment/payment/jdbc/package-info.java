/** Payments in PostgreSQL. */
@NullMarked
package dev.wonflow.payment.payment.jdbc;

import org.jspecify.annotations.NullMarked;
