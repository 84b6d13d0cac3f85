/** Transactions over HTTP. */
@NullMarked
package dev.wonflow.sandbox.transaction.web;

import org.jspecify.annotations.NullMarked;
