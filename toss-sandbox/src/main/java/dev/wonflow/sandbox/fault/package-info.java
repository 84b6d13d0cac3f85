/** Faults on demand: what goes wrong next, and for whom. */
@NullMarked
package dev.wonflow.sandbox.fault;

import org.jspecify.annotations.NullMarked;
