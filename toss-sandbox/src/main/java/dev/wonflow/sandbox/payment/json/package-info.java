/** The Payment object as Toss writes it. */
@NullMarked
package dev.wonflow.sandbox.payment.json;

import org.jspecify.annotations.NullMarked;
