/** Payouts over HTTP: the second version of the API with its envelope and its encryption, and the control of both. */
@NullMarked
package dev.wonflow.sandbox.payout.web;

import org.jspecify.annotations.NullMarked;
