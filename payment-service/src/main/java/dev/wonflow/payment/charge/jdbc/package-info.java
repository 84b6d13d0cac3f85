/** Charges and their pace in PostgreSQL. */
@NullMarked
package dev.wonflow.payment.charge.jdbc;

import org.jspecify.annotations.NullMarked;
