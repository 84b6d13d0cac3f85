/** A payment from its opening to its end, by the rules of Toss. */
@NullMarked
package dev.wonflow.sandbox.payment;

import org.jspecify.annotations.NullMarked;
