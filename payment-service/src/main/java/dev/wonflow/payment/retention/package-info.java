/** Forgets what has served: answered webhooks and status checks. What is about money is kept. */
@NullMarked
package dev.wonflow.payment.retention;

import org.jspecify.annotations.NullMarked;
