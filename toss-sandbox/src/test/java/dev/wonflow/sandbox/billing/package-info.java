/** Tests of billing inside. */
@NullMarked
package dev.wonflow.sandbox.billing;

import org.jspecify.annotations.NullMarked;
