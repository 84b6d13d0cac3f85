/** Renewals of subscriptions, from what is due to money in the books of Toss. */
@NullMarked
package dev.wonflow.benchmarks.renewals;

import org.jspecify.annotations.NullMarked;
