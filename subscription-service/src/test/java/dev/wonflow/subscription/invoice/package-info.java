/** Tests of invoices. */
@NullMarked
package dev.wonflow.subscription.invoice;

import org.jspecify.annotations.NullMarked;
