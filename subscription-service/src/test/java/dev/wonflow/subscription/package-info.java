/** Tests of months, purchases and the life cycle. */
@NullMarked
package dev.wonflow.subscription;

import org.jspecify.annotations.NullMarked;
