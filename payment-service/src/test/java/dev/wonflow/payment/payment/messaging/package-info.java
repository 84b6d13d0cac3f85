/** Contracts tried against the samples both sides agreed on. */
@NullMarked
package dev.wonflow.payment.payment.messaging;

import org.jspecify.annotations.NullMarked;
