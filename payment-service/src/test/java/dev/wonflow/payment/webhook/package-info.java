/** What follows from a webhook, tried without a server. */
@NullMarked
package dev.wonflow.payment.webhook;

import org.jspecify.annotations.NullMarked;
