/** Kafka face of tax invoices: how payments were made. */
@NullMarked
package dev.wonflow.subscription.taxinvoice.messaging;

import org.jspecify.annotations.NullMarked;
