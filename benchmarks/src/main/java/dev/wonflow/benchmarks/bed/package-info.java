/**
 * What every benchmark stands on: a real database and broker, processes of their own, the machine's counters,
 * statistics.
 */
@NullMarked
package dev.wonflow.benchmarks.bed;

import org.jspecify.annotations.NullMarked;
