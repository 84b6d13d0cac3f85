/** An adapter of two kinds. */
@NullMarked
package dev.wonflow.testsupport.planted.between.mug.counter;

import org.jspecify.annotations.NullMarked;
