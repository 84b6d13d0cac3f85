/** Tests of the relay benchmark: its counting, its statistics, and one tiny run of the whole. */
@NullMarked
package dev.wonflow.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
