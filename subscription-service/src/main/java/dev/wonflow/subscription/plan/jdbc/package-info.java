/** Versions of plans in PostgreSQL. */
@NullMarked
package dev.wonflow.subscription.plan.jdbc;

import org.jspecify.annotations.NullMarked;
