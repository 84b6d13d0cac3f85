/** Tests of the sandbox over plain HTTP. */
@NullMarked
package dev.wonflow.sandbox;

import org.jspecify.annotations.NullMarked;
