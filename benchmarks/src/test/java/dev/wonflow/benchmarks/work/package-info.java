/** The work queue beside db-scheduler: the same items on the same PostgreSQL. */
@NullMarked
package dev.wonflow.benchmarks.work;

import org.jspecify.annotations.NullMarked;
