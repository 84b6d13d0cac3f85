/** Sealing with Tink. */
@NullMarked
package dev.wonflow.payment.seal.tink;

import org.jspecify.annotations.NullMarked;
