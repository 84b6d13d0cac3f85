/** What happens to a subscription whose charge was declined: further attempts, and less and less use. */
@NullMarked
package dev.wonflow.subscription.dunning;

import org.jspecify.annotations.NullMarked;
