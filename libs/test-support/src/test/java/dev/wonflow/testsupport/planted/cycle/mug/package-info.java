/** A noun of a circle. */
@NullMarked
package dev.wonflow.testsupport.planted.cycle.mug;

import org.jspecify.annotations.NullMarked;
