/** Cards: their numbers, what is printed on them, and their instalments. */
@NullMarked
package dev.wonflow.sandbox.card;

import org.jspecify.annotations.NullMarked;
