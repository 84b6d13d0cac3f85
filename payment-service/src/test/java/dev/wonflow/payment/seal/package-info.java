/** Settings of sealing, and that a secret nobody can open holds up no other. */
@NullMarked
package dev.wonflow.payment.seal;

import org.jspecify.annotations.NullMarked;
