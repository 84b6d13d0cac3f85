/** Which parts make up Wonflow, and what each of them is told about the others. */
@NullMarked
package dev.wonflow.local.assembly;

import org.jspecify.annotations.NullMarked;
