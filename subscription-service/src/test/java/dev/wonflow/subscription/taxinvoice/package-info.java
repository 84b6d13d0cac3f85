/** Tests of tax invoices. */
@NullMarked
package dev.wonflow.subscription.taxinvoice;

import org.jspecify.annotations.NullMarked;
