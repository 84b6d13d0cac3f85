/** Tests of the benchmarks as code; whether they are fast is not tested. */
@NullMarked
package dev.wonflow.benchmarks;

import org.jspecify.annotations.NullMarked;
