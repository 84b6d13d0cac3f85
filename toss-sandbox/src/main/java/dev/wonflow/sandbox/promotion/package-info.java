/** Promotions of card companies and banks: always the same ones, good until the end of the year. */
@NullMarked
package dev.wonflow.sandbox.promotion;

import org.jspecify.annotations.NullMarked;
