/** The one time of the local stack: the sandbox's, which the services follow. */
@NullMarked
package dev.wonflow.local.clock;

import org.jspecify.annotations.NullMarked;
