/** HTTP face of the orders. */
@NullMarked
package dev.wonflow.order.order.web;

import org.jspecify.annotations.NullMarked;
