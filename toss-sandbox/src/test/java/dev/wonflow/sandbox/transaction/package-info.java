/** Tests of the book of transactions. */
@NullMarked
package dev.wonflow.sandbox.transaction;

import org.jspecify.annotations.NullMarked;
