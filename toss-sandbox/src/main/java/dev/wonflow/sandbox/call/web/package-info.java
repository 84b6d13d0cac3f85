/** The call log over HTTP. */
@NullMarked
package dev.wonflow.sandbox.call.web;

import org.jspecify.annotations.NullMarked;
