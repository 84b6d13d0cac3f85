/** Tests of the contract of notices. */
@NullMarked
package dev.wonflow.subscription.notice.messaging;

import org.jspecify.annotations.NullMarked;
