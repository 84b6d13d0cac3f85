/** Reads and moves the times of customers over HTTP. */
@NullMarked
package dev.wonflow.sandbox.customer.web;

import org.jspecify.annotations.NullMarked;
