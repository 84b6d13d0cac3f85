/** HTTP face of billing methods. */
@NullMarked
package dev.wonflow.payment.billing.web;

import org.jspecify.annotations.NullMarked;
