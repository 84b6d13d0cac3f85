@NullMarked
package dev.wonflow.payment.ledger.jdbc;

import org.jspecify.annotations.NullMarked;
