/** Runs in PostgreSQL. */
@NullMarked
package dev.wonflow.subscription.renewal.jdbc;

import org.jspecify.annotations.NullMarked;
