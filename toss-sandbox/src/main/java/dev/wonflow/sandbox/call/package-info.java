/** What was asked of the sandbox and what it answered. */
@NullMarked
package dev.wonflow.sandbox.call;

import org.jspecify.annotations.NullMarked;
