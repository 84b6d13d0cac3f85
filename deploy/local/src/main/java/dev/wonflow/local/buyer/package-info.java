/** The buyer and the shop in front of them, as far as one payment needs them. */
@NullMarked
package dev.wonflow.local.buyer;

import org.jspecify.annotations.NullMarked;
