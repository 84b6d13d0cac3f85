/** A local Toss Payments: the HTTP API, the payment window, webhooks, and a clock and faults to play with. */
@NullMarked
package dev.wonflow.sandbox;

import org.jspecify.annotations.NullMarked;
