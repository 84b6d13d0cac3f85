/** HTTP face of payments. */
@NullMarked
package dev.wonflow.payment.payment.web;

import org.jspecify.annotations.NullMarked;
