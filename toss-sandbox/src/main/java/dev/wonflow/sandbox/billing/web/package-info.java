/**
 * Billing over HTTP: the paths of the Toss API, the buyer's part without a browser, and the webhook about deleted keys.
 */
@NullMarked
package dev.wonflow.sandbox.billing.web;

import org.jspecify.annotations.NullMarked;
