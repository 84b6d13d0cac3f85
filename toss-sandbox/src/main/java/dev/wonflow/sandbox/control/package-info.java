/** The sandbox in the hands of a person: who may hold it, and what it says when it is ready. */
@NullMarked
package dev.wonflow.sandbox.control;

import org.jspecify.annotations.NullMarked;
