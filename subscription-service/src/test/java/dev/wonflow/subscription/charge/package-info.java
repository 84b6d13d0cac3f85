/** Tests of the package of the same name. */
@NullMarked
package dev.wonflow.subscription.charge;

import org.jspecify.annotations.NullMarked;
