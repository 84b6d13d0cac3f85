/** Tests of what is told about billing methods. */
@NullMarked
package dev.wonflow.payment.billing.messaging;

import org.jspecify.annotations.NullMarked;
