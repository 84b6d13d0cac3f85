/** Every message's effect once: claims in the transaction of the effect, dead letters for what cannot be handled. */
@NullMarked
package dev.wonflow.inbox;

import org.jspecify.annotations.NullMarked;
