@NullMarked
package dev.wonflow.payment.ledger;

import org.jspecify.annotations.NullMarked;
