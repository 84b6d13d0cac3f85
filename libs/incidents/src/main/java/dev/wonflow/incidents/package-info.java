/** What people have to look at, because no rule settles it: kept, counted and told in one way by every service. */
@NullMarked
package dev.wonflow.incidents;

import org.jspecify.annotations.NullMarked;
