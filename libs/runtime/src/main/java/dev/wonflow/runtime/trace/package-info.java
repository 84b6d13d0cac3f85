/** Which trace the work of a thread belongs to, whether or not anybody records traces. */
@NullMarked
package dev.wonflow.runtime.trace;

import org.jspecify.annotations.NullMarked;
