/** Tables that belong to a service and are used by a library. */
@NullMarked
package dev.wonflow.runtime.schema;

import org.jspecify.annotations.NullMarked;
