/** An adapter. */
@NullMarked
package dev.wonflow.testsupport.planted.between.mug.shelf;

import org.jspecify.annotations.NullMarked;
