/** How often somebody may call. */
@NullMarked
package dev.wonflow.sandbox.limit;

import org.jspecify.annotations.NullMarked;
