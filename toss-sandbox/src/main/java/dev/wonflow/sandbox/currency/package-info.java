/** The currencies Toss takes, and how their amounts are counted. */
@NullMarked
package dev.wonflow.sandbox.currency;

import org.jspecify.annotations.NullMarked;
