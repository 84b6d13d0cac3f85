/** Cancels of payments (결제 취소), and how they end. */
@NullMarked
package dev.wonflow.sandbox.cancel;

import org.jspecify.annotations.NullMarked;
