/** Asking Toss, tried with a clock that is moved by hand. */
@NullMarked
package dev.wonflow.payment.statuscheck;

import org.jspecify.annotations.NullMarked;
