/** What Toss tells us over HTTP: checked, graded, and kept as the bytes it sent. */
@NullMarked
package dev.wonflow.webhook;

import org.jspecify.annotations.NullMarked;
