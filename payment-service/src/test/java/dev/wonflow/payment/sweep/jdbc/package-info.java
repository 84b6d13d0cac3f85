/** Tests of sweeps on PostgreSQL. */
@NullMarked
package dev.wonflow.payment.sweep.jdbc;

import org.jspecify.annotations.NullMarked;
