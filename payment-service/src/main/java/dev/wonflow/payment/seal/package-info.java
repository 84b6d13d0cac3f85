/** Keeping secrets of any noun from readers of the database, and bringing them under another key. */
@NullMarked
package dev.wonflow.payment.seal;

import org.jspecify.annotations.NullMarked;
