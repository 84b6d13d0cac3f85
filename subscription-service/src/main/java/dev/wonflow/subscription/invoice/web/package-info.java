/** HTTP face of invoices, coupons and credit. */
@NullMarked
package dev.wonflow.subscription.invoice.web;

import org.jspecify.annotations.NullMarked;
