/** Where the money of payments is, in double entry. */
@NullMarked
package dev.wonflow.payment.ledger;

import org.jspecify.annotations.NullMarked;
