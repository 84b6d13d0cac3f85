/** What time it is for a customer of a merchant. */
@NullMarked
package dev.wonflow.sandbox.customer;

import org.jspecify.annotations.NullMarked;
