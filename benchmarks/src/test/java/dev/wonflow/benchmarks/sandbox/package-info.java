/** The benchmark of the sandbox, tested. */
@NullMarked
package dev.wonflow.benchmarks.sandbox;

import org.jspecify.annotations.NullMarked;
