/** What the import has to know, from PostgreSQL. */
@NullMarked
package dev.wonflow.subscription.importing.jdbc;

import org.jspecify.annotations.NullMarked;
