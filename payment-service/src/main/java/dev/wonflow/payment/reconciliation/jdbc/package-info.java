/** Cases of reconciliation in PostgreSQL. */
@NullMarked
package dev.wonflow.payment.reconciliation.jdbc;

import org.jspecify.annotations.NullMarked;
