/** The delivery log over HTTP, and the button that sends again. */
@NullMarked
package dev.wonflow.sandbox.webhook.web;

import org.jspecify.annotations.NullMarked;
