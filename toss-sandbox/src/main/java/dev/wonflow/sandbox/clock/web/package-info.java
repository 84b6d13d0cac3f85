/** Reads and moves the clock over HTTP. */
@NullMarked
package dev.wonflow.sandbox.clock.web;

import org.jspecify.annotations.NullMarked;
