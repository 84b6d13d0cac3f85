/** A call to the Toss API from when it comes in to when it is answered. */
@NullMarked
package dev.wonflow.sandbox.exchange;

import org.jspecify.annotations.NullMarked;
