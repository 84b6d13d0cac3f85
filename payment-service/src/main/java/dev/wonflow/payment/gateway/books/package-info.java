/** Toss's own books: what it took and gave back, and what it pays out for that. */
@NullMarked
package dev.wonflow.payment.gateway.books;

import org.jspecify.annotations.NullMarked;
