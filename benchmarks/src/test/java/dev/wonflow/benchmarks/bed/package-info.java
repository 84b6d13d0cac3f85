/** Tests of what every benchmark stands on. */
@NullMarked
package dev.wonflow.benchmarks.bed;

import org.jspecify.annotations.NullMarked;
