/** Tests of what can be tried without HTTP. */
@NullMarked
package dev.wonflow.sandbox.idempotency;

import org.jspecify.annotations.NullMarked;
