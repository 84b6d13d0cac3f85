/** Cash receipts over HTTP. */
@NullMarked
package dev.wonflow.sandbox.receipt.web;

import org.jspecify.annotations.NullMarked;
