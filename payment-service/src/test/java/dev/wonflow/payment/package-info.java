/** Payments tried: alone with fakes, and whole with real servers. */
@NullMarked
package dev.wonflow.payment;

import org.jspecify.annotations.NullMarked;
