/** HTTP face of plans and subscriptions. */
@NullMarked
package dev.wonflow.subscription.subscription.web;

import org.jspecify.annotations.NullMarked;
