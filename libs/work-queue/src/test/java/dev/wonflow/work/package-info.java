/** The work queue, tried on a real PostgreSQL. */
@NullMarked
package dev.wonflow.work;

import org.jspecify.annotations.NullMarked;
