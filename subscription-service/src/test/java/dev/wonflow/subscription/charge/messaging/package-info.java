/** Tests of the package of the same name. */
@NullMarked
package dev.wonflow.subscription.charge.messaging;

import org.jspecify.annotations.NullMarked;
