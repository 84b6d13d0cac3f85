/** The stack's issuer, as those see it who need a token. */
@NullMarked
package dev.wonflow.local.issuer;

import org.jspecify.annotations.NullMarked;
