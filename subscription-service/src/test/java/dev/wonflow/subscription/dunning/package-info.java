/** Tests of the package of the same name. */
@NullMarked
package dev.wonflow.subscription.dunning;

import org.jspecify.annotations.NullMarked;
