/** Tests of sweeps without servers. */
@NullMarked
package dev.wonflow.payment.sweep;

import org.jspecify.annotations.NullMarked;
