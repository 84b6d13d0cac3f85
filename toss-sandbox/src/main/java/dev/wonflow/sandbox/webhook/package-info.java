/** Webhooks: what is announced, and the attempts to deliver it. */
@NullMarked
package dev.wonflow.sandbox.webhook;

import org.jspecify.annotations.NullMarked;
