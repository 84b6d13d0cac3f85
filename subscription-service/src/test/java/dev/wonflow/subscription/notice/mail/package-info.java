/** Tests of what mails say, and of what mail servers answer. */
@NullMarked
package dev.wonflow.subscription.notice.mail;

import org.jspecify.annotations.NullMarked;
