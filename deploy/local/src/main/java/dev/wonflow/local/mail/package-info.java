/** The mail server of the stack, which sends nothing on, and what it has caught. */
@NullMarked
package dev.wonflow.local.mail;

import org.jspecify.annotations.NullMarked;
