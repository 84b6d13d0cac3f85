/** Tests of the import. */
@NullMarked
package dev.wonflow.subscription.importing;

import org.jspecify.annotations.NullMarked;
