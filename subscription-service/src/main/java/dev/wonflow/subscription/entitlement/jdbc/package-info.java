/** What was told of entitlements, in PostgreSQL. */
@NullMarked
package dev.wonflow.subscription.entitlement.jdbc;

import org.jspecify.annotations.NullMarked;
