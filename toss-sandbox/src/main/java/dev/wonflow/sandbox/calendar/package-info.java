/** The days on which banks in Korea work. */
@NullMarked
package dev.wonflow.sandbox.calendar;

import org.jspecify.annotations.NullMarked;
