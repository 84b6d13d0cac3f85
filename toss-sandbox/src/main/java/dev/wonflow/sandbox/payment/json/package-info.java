/** Payments in the JSON of the state. */
@NullMarked
package dev.wonflow.sandbox.payment.json;

import org.jspecify.annotations.NullMarked;
