/** Tests of webhooks. */
@NullMarked
package dev.wonflow.sandbox.webhook;

import org.jspecify.annotations.NullMarked;
