/** The two languages Toss answers in. */
@NullMarked
package dev.wonflow.sandbox.language;

import org.jspecify.annotations.NullMarked;
