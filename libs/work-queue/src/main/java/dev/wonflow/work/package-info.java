/** Work that has to be done later, or by another instance: one claimed table, and workers that take from it. */
@NullMarked
package dev.wonflow.work;

import org.jspecify.annotations.NullMarked;
