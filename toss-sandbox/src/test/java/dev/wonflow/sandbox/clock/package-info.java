/** Tests of what can be tried without HTTP. */
@NullMarked
package dev.wonflow.sandbox.clock;

import org.jspecify.annotations.NullMarked;
