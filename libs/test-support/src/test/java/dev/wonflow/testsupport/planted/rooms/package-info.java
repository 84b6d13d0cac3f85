/** A service with a room for each noun. */
@NullMarked
package dev.wonflow.testsupport.planted.rooms;

import org.jspecify.annotations.NullMarked;
