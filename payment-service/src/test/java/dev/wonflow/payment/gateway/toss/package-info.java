/** The Toss client tried against a stub that speaks HTTP. */
@NullMarked
package dev.wonflow.payment.gateway.toss;

import org.jspecify.annotations.NullMarked;
