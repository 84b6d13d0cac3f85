/** An adapter that knows another. */
@NullMarked
package dev.wonflow.testsupport.planted.between.mug.desk;

import org.jspecify.annotations.NullMarked;
