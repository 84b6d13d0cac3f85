/** The state of the sandbox as a whole: what belongs to it. */
@NullMarked
package dev.wonflow.sandbox.state;

import org.jspecify.annotations.NullMarked;
