/** Incidents in PostgreSQL. */
@NullMarked
package dev.wonflow.subscription.incident.jdbc;

import org.jspecify.annotations.NullMarked;
