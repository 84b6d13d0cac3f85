/** Payments by their age, in PostgreSQL. */
@NullMarked
package dev.wonflow.payment.sweep.jdbc;

import org.jspecify.annotations.NullMarked;
