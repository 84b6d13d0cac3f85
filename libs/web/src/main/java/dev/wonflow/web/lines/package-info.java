/** Bodies that are many small documents, each in a line of its own. */
@NullMarked
package dev.wonflow.web.lines;

import org.jspecify.annotations.NullMarked;
