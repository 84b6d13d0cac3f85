/** What others learn of stray captures, against the published samples. */
@NullMarked
package dev.wonflow.payment.stray.messaging;

import org.jspecify.annotations.NullMarked;
