/** Tests of the seal. */
@NullMarked
package dev.wonflow.payment.billing.seal;

import org.jspecify.annotations.NullMarked;
