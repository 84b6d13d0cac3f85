@NullMarked
package dev.wonflow.payment.payment;

import org.jspecify.annotations.NullMarked;
