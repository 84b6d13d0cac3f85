/** One payment per order: what it is, the steps it may take, and what the service can do with it. */
@NullMarked
package dev.wonflow.payment;

import org.jspecify.annotations.NullMarked;
