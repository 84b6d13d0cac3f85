/** Keys and numbers that look like those of Toss. */
@NullMarked
package dev.wonflow.sandbox.mint;

import org.jspecify.annotations.NullMarked;
