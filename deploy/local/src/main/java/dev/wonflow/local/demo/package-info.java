/** The demo: real checkout requests, payments played at the sandbox, and what must come of them. */
@NullMarked
package dev.wonflow.local.demo;

import org.jspecify.annotations.NullMarked;
