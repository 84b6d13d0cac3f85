@NullMarked
package dev.wonflow.payment.reconciliation;

import org.jspecify.annotations.NullMarked;
