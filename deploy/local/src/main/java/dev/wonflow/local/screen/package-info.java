/** What a user sees while waiting: live lines on a terminal, one line for each change elsewhere. */
@NullMarked
package dev.wonflow.local.screen;

import org.jspecify.annotations.NullMarked;
