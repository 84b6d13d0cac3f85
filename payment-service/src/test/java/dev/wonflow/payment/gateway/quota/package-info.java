/** Sharing out what Toss allows, tried minute by minute. */
@NullMarked
package dev.wonflow.payment.gateway.quota;

import org.jspecify.annotations.NullMarked;
