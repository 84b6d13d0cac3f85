/** Answers kept under the Idempotency-Key they were given to. */
@NullMarked
package dev.wonflow.sandbox.idempotency;

import org.jspecify.annotations.NullMarked;
