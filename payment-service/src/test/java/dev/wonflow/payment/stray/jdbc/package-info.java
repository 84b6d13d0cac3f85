/** Stray captures in PostgreSQL, tried against it. */
@NullMarked
package dev.wonflow.payment.stray.jdbc;

import org.jspecify.annotations.NullMarked;
