/** How soon the sandbox starts and answers, with few and with many payments in its books. */
@NullMarked
package dev.wonflow.benchmarks.sandbox;

import org.jspecify.annotations.NullMarked;
