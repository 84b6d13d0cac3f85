/** Cash receipts (현금영수증), issued apart from any payment; the tax office decides about each a day later. */
@NullMarked
package dev.wonflow.sandbox.receipt;

import org.jspecify.annotations.NullMarked;
