/** Tests of billing methods. */
@NullMarked
package dev.wonflow.payment.billing;

import org.jspecify.annotations.NullMarked;
