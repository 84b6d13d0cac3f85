/** Tests of the outbox on a real PostgreSQL. */
@NullMarked
package dev.wonflow.outbox;

import org.jspecify.annotations.NullMarked;
