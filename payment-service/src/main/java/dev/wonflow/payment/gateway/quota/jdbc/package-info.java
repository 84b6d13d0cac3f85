/** Calls counted in PostgreSQL, for all instances. */
@NullMarked
package dev.wonflow.payment.gateway.quota.jdbc;

import org.jspecify.annotations.NullMarked;
