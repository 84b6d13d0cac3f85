/** A payment from its request to its end, and what moves it. */
@NullMarked
package dev.wonflow.payment.payment;

import org.jspecify.annotations.NullMarked;
