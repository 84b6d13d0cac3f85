/** Orders in PostgreSQL. */
@NullMarked
package dev.wonflow.order.jdbc;

import org.jspecify.annotations.NullMarked;
