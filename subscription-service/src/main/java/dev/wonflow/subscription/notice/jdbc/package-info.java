/** Notices, contacts and the ends of mails in PostgreSQL. */
@NullMarked
package dev.wonflow.subscription.notice.jdbc;

import org.jspecify.annotations.NullMarked;
