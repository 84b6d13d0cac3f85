/** Writes notices as mails and hands them to a mail server (SMTP, RFC 5321). */
@NullMarked
package dev.wonflow.subscription.notice.mail;

import org.jspecify.annotations.NullMarked;
