/** Strict reading of documents from outside: nothing is converted, and every complaint names the field. */
@NullMarked
package dev.wonflow.order.document;

import org.jspecify.annotations.NullMarked;
