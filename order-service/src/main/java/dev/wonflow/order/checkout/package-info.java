/** What upstream systems ask us to sell. */
@NullMarked
package dev.wonflow.order.checkout;

import org.jspecify.annotations.NullMarked;
