/** The noun. */
@NullMarked
package dev.wonflow.testsupport.planted.beside.mug;

import org.jspecify.annotations.NullMarked;
