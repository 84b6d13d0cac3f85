/** A real PostgreSQL from binaries that Maven brings, with the durability settings of production. */
@NullMarked
package dev.wonflow.local.postgres;

import org.jspecify.annotations.NullMarked;
