/** What Toss is asked and what it can answer, without how. */
@NullMarked
package dev.wonflow.payment.gateway;

import org.jspecify.annotations.NullMarked;
