/** How many calls Toss allows, and for what they are used: confirms first, then what we must know, then hints. */
@NullMarked
package dev.wonflow.payment.gateway.quota;

import org.jspecify.annotations.NullMarked;
