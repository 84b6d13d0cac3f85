/** Cases and policies in PostgreSQL. */
@NullMarked
package dev.wonflow.subscription.dunning.jdbc;

import org.jspecify.annotations.NullMarked;
