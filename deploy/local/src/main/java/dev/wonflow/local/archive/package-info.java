/** Archives of the classes of libraries, made before the first start, from which virtual machines start faster. */
@NullMarked
package dev.wonflow.local.archive;

import org.jspecify.annotations.NullMarked;
