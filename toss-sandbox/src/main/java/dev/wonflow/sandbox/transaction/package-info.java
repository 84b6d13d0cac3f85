/** The book of transactions: every approval and every cancel, in the order of time. */
@NullMarked
package dev.wonflow.sandbox.transaction;

import org.jspecify.annotations.NullMarked;
