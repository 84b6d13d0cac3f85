/** Cash receipts in PostgreSQL. */
@NullMarked
package dev.wonflow.payment.receipt.jdbc;

import org.jspecify.annotations.NullMarked;
