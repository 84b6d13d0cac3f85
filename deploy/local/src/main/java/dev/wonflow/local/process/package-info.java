/** Processes that outlive the program that started them, found again later and never mistaken for another's. */
@NullMarked
package dev.wonflow.local.process;

import org.jspecify.annotations.NullMarked;
