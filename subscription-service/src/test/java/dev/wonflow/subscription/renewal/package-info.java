/** Tests of the package of the same name. */
@NullMarked
package dev.wonflow.subscription.renewal;

import org.jspecify.annotations.NullMarked;
