/** Tests of the state as a whole. */
@NullMarked
package dev.wonflow.sandbox.state;

import org.jspecify.annotations.NullMarked;
