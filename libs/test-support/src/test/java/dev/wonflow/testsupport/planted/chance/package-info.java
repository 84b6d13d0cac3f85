/** Chance that no test can set. */
@NullMarked
package dev.wonflow.testsupport.planted.chance;

import org.jspecify.annotations.NullMarked;
