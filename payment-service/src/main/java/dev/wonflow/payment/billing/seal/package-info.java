/** Binds billing keys to their tenant and method when they are sealed. */
@NullMarked
package dev.wonflow.payment.billing.seal;

import org.jspecify.annotations.NullMarked;
