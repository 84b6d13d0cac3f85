/** HTTP face of payments. */
@NullMarked
package dev.wonflow.payment.web;

import org.jspecify.annotations.NullMarked;
