/** Merchants and their pairs of keys. */
@NullMarked
package dev.wonflow.sandbox.merchant;

import org.jspecify.annotations.NullMarked;
