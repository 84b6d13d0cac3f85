/** Tests of what payments are stored with. */
@NullMarked
package dev.wonflow.payment.payment.jdbc;

import org.jspecify.annotations.NullMarked;
