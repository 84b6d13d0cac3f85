/** What the documentation of Toss leaves open, decided in one place. */
@NullMarked
package dev.wonflow.sandbox.assumption;

import org.jspecify.annotations.NullMarked;
