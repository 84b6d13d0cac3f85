/** The run that does what is due for subscriptions, and what makes it stop. */
@NullMarked
package dev.wonflow.subscription.renewal;

import org.jspecify.annotations.NullMarked;
