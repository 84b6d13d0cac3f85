/** What a payment is paid with. */
@NullMarked
package dev.wonflow.sandbox.instrument;

import org.jspecify.annotations.NullMarked;
