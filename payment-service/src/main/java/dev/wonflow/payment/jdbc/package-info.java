/** Payments in PostgreSQL. */
@NullMarked
package dev.wonflow.payment.jdbc;

import org.jspecify.annotations.NullMarked;
