/** The control page, and the guard that keeps other sites' pages away from the controls. */
@NullMarked
package dev.wonflow.sandbox.control.web;

import org.jspecify.annotations.NullMarked;
