/** What a buyer does in the payment window. */
@NullMarked
package dev.wonflow.sandbox.window;

import org.jspecify.annotations.NullMarked;
