/** Delivers webhooks over HTTP. */
@NullMarked
package dev.wonflow.sandbox.webhook.http;

import org.jspecify.annotations.NullMarked;
