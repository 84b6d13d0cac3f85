@NullMarked
package dev.wonflow.web.csv;

import org.jspecify.annotations.NullMarked;
