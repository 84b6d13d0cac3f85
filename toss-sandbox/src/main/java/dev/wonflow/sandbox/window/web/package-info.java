/** Pages for the browser: the payment window, and a start page that lists what happened lately. */
@NullMarked
package dev.wonflow.sandbox.window.web;

import org.jspecify.annotations.NullMarked;
