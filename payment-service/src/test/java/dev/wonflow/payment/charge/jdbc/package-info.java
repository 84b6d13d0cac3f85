/** Tests of stored charges. */
@NullMarked
package dev.wonflow.payment.charge.jdbc;

import org.jspecify.annotations.NullMarked;
