/** Charges of billing methods: asked for by message, worked off one by one, and answered with an event. */
@NullMarked
package dev.wonflow.payment.charge;

import org.jspecify.annotations.NullMarked;
