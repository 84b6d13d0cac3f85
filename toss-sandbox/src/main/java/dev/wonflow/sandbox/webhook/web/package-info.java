/** Webhooks over HTTP: their JSON, the sending, the delivery log, and the button that sends again. */
@NullMarked
package dev.wonflow.sandbox.webhook.web;

import org.jspecify.annotations.NullMarked;
