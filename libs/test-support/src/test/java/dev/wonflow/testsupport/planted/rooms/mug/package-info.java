/** A noun. */
@NullMarked
package dev.wonflow.testsupport.planted.rooms.mug;

import org.jspecify.annotations.NullMarked;
