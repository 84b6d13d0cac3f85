/** Tests of what settlements are made of. */
@NullMarked
package dev.wonflow.sandbox.settlement;

import org.jspecify.annotations.NullMarked;
