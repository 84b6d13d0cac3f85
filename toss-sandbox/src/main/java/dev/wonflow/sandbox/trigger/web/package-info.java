/** The control call that makes things happen. */
@NullMarked
package dev.wonflow.sandbox.trigger.web;

import org.jspecify.annotations.NullMarked;
