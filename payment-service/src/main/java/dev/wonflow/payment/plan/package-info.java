/** What plans cost: a price the caller names is only compared with it. */
@NullMarked
package dev.wonflow.payment.plan;

import org.jspecify.annotations.NullMarked;
