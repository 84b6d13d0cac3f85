/** Tests of stored billing methods. */
@NullMarked
package dev.wonflow.payment.billing.jdbc;

import org.jspecify.annotations.NullMarked;
