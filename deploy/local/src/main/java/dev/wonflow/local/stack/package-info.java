/** The local stack: which processes it is made of, how they start, and in what order they stop. */
@NullMarked
package dev.wonflow.local.stack;

import org.jspecify.annotations.NullMarked;
