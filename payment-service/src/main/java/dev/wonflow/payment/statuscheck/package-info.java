/** Asking Toss about payments: those whose outcome is not known, and those a webhook hinted at. */
@NullMarked
package dev.wonflow.payment.statuscheck;

import org.jspecify.annotations.NullMarked;
