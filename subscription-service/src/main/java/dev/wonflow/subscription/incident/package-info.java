/** What a person has to look at, because no rule of ours settles it. */
@NullMarked
package dev.wonflow.subscription.incident;

import org.jspecify.annotations.NullMarked;
