/** How often a client may call. */
@NullMarked
package dev.wonflow.sandbox.limit;

import org.jspecify.annotations.NullMarked;
