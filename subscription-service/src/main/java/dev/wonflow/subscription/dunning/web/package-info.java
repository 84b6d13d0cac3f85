/** HTTP face of dunning. */
@NullMarked
package dev.wonflow.subscription.dunning.web;

import org.jspecify.annotations.NullMarked;
