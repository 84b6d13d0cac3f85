/** The failure log in PostgreSQL. */
@NullMarked
package dev.wonflow.order.payment.jdbc;

import org.jspecify.annotations.NullMarked;
