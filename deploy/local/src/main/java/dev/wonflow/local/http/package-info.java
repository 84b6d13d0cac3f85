/** JSON over HTTP, as every command speaks it with the parts of the stack. */
@NullMarked
package dev.wonflow.local.http;

import org.jspecify.annotations.NullMarked;
