/** The whole system from outside: its documents, its scenarios, its crashes. */
@NullMarked
package dev.wonflow.e2e;

import org.jspecify.annotations.NullMarked;
