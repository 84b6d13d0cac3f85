/** The HTTP face of cancels. */
@NullMarked
package dev.wonflow.sandbox.cancel.web;

import org.jspecify.annotations.NullMarked;
