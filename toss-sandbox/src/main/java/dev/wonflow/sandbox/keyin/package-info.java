/** Charging a card by its number (키인 결제). */
@NullMarked
package dev.wonflow.sandbox.keyin;

import org.jspecify.annotations.NullMarked;
