/** Programs that measure Wonflow against peers and against the limit, one command each. */
@NullMarked
package dev.wonflow.benchmarks;

import org.jspecify.annotations.NullMarked;
