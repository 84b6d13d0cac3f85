/** Seals billing keys with Tink. */
@NullMarked
package dev.wonflow.payment.billing.seal;

import org.jspecify.annotations.NullMarked;
