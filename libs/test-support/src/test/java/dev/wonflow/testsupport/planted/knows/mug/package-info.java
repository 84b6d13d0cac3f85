/** A noun that knows its adapter. */
@NullMarked
package dev.wonflow.testsupport.planted.knows.mug;

import org.jspecify.annotations.NullMarked;
