/** Documents written as JSON. */
@NullMarked
package dev.wonflow.order.json;

import org.jspecify.annotations.NullMarked;
