/** Tests of what can be tried without HTTP. */
@NullMarked
package dev.wonflow.sandbox.webhook.web;

import org.jspecify.annotations.NullMarked;
