/** Payments over HTTP: Toss's own paths, and the control of what a buyer does. */
@NullMarked
package dev.wonflow.sandbox.payment.web;

import org.jspecify.annotations.NullMarked;
