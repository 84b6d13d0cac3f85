/** HTTP face of tax invoices. */
@NullMarked
package dev.wonflow.subscription.taxinvoice.web;

import org.jspecify.annotations.NullMarked;
