/** Toss Payments behind the gateway port: keys, calls, and what its answers mean. */
@NullMarked
package dev.wonflow.payment.gateway.toss;

import org.jspecify.annotations.NullMarked;
