/** Who changed what, before and after, in a table that only grows. */
@NullMarked
package dev.wonflow.audit;

import org.jspecify.annotations.NullMarked;
