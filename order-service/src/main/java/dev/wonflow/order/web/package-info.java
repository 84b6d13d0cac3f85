/** HTTP face of the orders. */
@NullMarked
package dev.wonflow.order.web;

import org.jspecify.annotations.NullMarked;
