/** Plan prices as rows. */
@NullMarked
package dev.wonflow.payment.plan.jdbc;

import org.jspecify.annotations.NullMarked;
