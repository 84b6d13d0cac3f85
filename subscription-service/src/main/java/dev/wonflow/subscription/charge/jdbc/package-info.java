/** Attempts in PostgreSQL. */
@NullMarked
package dev.wonflow.subscription.charge.jdbc;

import org.jspecify.annotations.NullMarked;
