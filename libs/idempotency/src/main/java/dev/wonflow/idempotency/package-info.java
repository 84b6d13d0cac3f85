/** Requests that may come twice and have their effect once, by the key their sender gives them. */
@NullMarked
package dev.wonflow.idempotency;

import org.jspecify.annotations.NullMarked;
