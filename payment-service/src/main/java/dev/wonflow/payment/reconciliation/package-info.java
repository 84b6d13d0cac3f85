/** Whether the ledger, Toss's transactions and Toss's settlements say the same of every payment. */
@NullMarked
package dev.wonflow.payment.reconciliation;

import org.jspecify.annotations.NullMarked;
