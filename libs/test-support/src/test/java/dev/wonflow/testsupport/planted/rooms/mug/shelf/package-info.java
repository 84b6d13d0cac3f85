/** Its adapter. */
@NullMarked
package dev.wonflow.testsupport.planted.rooms.mug.shelf;

import org.jspecify.annotations.NullMarked;
