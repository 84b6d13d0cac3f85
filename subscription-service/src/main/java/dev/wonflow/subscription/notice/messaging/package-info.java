/** Kafka face of notices: the contract written, and read again for the mail. */
@NullMarked
package dev.wonflow.subscription.notice.messaging;

import org.jspecify.annotations.NullMarked;
