/** The one time of the sandbox, which can be moved, and everything that waits for a moment of it. */
@NullMarked
package dev.wonflow.sandbox.clock;

import org.jspecify.annotations.NullMarked;
