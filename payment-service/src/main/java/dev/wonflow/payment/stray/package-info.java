/** Money that Toss took for an order without its counting for it, and how it goes back. */
@NullMarked
package dev.wonflow.payment.stray;

import org.jspecify.annotations.NullMarked;
