/** Tests of the renewals benchmark. */
@NullMarked
package dev.wonflow.benchmarks.renewals;

import org.jspecify.annotations.NullMarked;
