/** What tenants are told about their billing, each once, and the mail that tells it. */
@NullMarked
package dev.wonflow.subscription.notice;

import org.jspecify.annotations.NullMarked;
