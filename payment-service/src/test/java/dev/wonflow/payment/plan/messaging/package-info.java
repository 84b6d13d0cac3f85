@NullMarked
package dev.wonflow.payment.plan.messaging;

import org.jspecify.annotations.NullMarked;
