/** Checkouts and confirms through all services. */
@NullMarked
package dev.wonflow.benchmarks.payments;

import org.jspecify.annotations.NullMarked;
