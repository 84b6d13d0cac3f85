@NullMarked
package dev.wonflow.payment.plan;

import org.jspecify.annotations.NullMarked;
