/** Tests of kept webhooks on PostgreSQL. */
@NullMarked
package dev.wonflow.payment.webhook.jdbc;

import org.jspecify.annotations.NullMarked;
