/** Messages that become true with the transaction that caused them, or not at all. */
@NullMarked
package dev.wonflow.outbox;

import org.jspecify.annotations.NullMarked;
