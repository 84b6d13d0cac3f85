/** Tests of what messages about payments say of their evidence. */
@NullMarked
package dev.wonflow.subscription.taxinvoice.messaging;

import org.jspecify.annotations.NullMarked;
