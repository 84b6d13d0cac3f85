/** HTTP face of cash receipts. */
@NullMarked
package dev.wonflow.payment.receipt.web;

import org.jspecify.annotations.NullMarked;
