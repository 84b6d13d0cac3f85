/** The distances of tenants in PostgreSQL. */
@NullMarked
package dev.wonflow.subscription.testclock.jdbc;

import org.jspecify.annotations.NullMarked;
