/** Tests of what is told about invoices. */
@NullMarked
package dev.wonflow.subscription.invoice.messaging;

import org.jspecify.annotations.NullMarked;
