/** Webhooks of Toss as hints: each one kept, none believed. */
@NullMarked
package dev.wonflow.payment.webhook;

import org.jspecify.annotations.NullMarked;
