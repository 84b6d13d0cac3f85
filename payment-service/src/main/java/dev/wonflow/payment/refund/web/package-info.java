/** HTTP face of refunds. */
@NullMarked
package dev.wonflow.payment.refund.web;

import org.jspecify.annotations.NullMarked;
