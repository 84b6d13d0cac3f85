/** Statements that matter, tried on a real PostgreSQL. */
@NullMarked
package dev.wonflow.payment.jdbc;

import org.jspecify.annotations.NullMarked;
