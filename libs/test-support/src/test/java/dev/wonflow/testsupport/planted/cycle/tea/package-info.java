/** The other noun of a circle. */
@NullMarked
package dev.wonflow.testsupport.planted.cycle.tea;

import org.jspecify.annotations.NullMarked;
