/** Incidents on a real PostgreSQL. */
@NullMarked
package dev.wonflow.incidents;

import org.jspecify.annotations.NullMarked;
