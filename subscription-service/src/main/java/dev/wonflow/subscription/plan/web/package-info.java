/** HTTP face of the catalogue. */
@NullMarked
package dev.wonflow.subscription.plan.web;

import org.jspecify.annotations.NullMarked;
