/** Invoices as Kafka tells them. */
@NullMarked
package dev.wonflow.subscription.invoice.messaging;

import org.jspecify.annotations.NullMarked;
