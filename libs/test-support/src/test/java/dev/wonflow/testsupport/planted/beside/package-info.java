/** A service whose adapters lie beside its noun. */
@NullMarked
package dev.wonflow.testsupport.planted.beside;

import org.jspecify.annotations.NullMarked;
