/** The commands of ./wonflow and what they print. */
@NullMarked
package dev.wonflow.local.command;

import org.jspecify.annotations.NullMarked;
