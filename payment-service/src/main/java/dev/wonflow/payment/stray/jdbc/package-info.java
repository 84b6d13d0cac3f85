/** Stray captures in PostgreSQL. */
@NullMarked
package dev.wonflow.payment.stray.jdbc;

import org.jspecify.annotations.NullMarked;
