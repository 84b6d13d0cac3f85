/** The state on disk, as JSON. */
@NullMarked
package dev.wonflow.sandbox.state.json;

import org.jspecify.annotations.NullMarked;
