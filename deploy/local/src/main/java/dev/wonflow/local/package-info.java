/** Wonflow on one machine, without Docker: what the parts of this program share. */
@NullMarked
package dev.wonflow.local;

import org.jspecify.annotations.NullMarked;
