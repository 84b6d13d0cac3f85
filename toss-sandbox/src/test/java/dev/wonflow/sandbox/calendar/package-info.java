/** Tests of the days banks work. */
@NullMarked
package dev.wonflow.sandbox.calendar;

import org.jspecify.annotations.NullMarked;
