/** Incidents in PostgreSQL. */
@NullMarked
package dev.wonflow.payment.incident.jdbc;

import org.jspecify.annotations.NullMarked;
