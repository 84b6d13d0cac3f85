/** Tests of cash receipts inside. */
@NullMarked
package dev.wonflow.sandbox.receipt;

import org.jspecify.annotations.NullMarked;
