/** Money that goes back to the buyer: asked for here, or seen at Toss. */
@NullMarked
package dev.wonflow.payment.refund;

import org.jspecify.annotations.NullMarked;
