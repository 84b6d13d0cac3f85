/** What a service takes from its surroundings instead of reaching for it: time, ids, and settings with two names. */
@NullMarked
package dev.wonflow.runtime;

import org.jspecify.annotations.NullMarked;
