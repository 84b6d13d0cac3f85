/** Tests of what can be tried without HTTP. */
@NullMarked
package dev.wonflow.sandbox.payment;

import org.jspecify.annotations.NullMarked;
