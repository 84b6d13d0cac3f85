/** The noun. */
@NullMarked
package dev.wonflow.testsupport.planted.between.mug;

import org.jspecify.annotations.NullMarked;
