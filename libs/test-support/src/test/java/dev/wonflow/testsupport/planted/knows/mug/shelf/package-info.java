/** An adapter. */
@NullMarked
package dev.wonflow.testsupport.planted.knows.mug.shelf;

import org.jspecify.annotations.NullMarked;
