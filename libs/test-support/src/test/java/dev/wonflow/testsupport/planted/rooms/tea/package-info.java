/** A noun that knows another one. */
@NullMarked
package dev.wonflow.testsupport.planted.rooms.tea;

import org.jspecify.annotations.NullMarked;
