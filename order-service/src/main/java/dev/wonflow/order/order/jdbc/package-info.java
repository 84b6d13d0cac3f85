/** Orders in PostgreSQL. */
@NullMarked
package dev.wonflow.order.order.jdbc;

import org.jspecify.annotations.NullMarked;
