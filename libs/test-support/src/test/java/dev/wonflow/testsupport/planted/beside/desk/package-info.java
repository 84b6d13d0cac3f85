/** An adapter beside its noun. */
@NullMarked
package dev.wonflow.testsupport.planted.beside.desk;

import org.jspecify.annotations.NullMarked;
