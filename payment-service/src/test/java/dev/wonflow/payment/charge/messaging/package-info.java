/** Tests of the contracts of charges. */
@NullMarked
package dev.wonflow.payment.charge.messaging;

import org.jspecify.annotations.NullMarked;
