/** The catalogue, as subscription-service tells it. */
@NullMarked
package dev.wonflow.payment.plan.messaging;

import org.jspecify.annotations.NullMarked;
