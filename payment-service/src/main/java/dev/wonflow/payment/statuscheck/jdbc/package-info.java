/** Status checks in PostgreSQL. */
@NullMarked
package dev.wonflow.payment.statuscheck.jdbc;

import org.jspecify.annotations.NullMarked;
