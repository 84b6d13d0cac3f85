@NullMarked
package dev.wonflow.payment.gateway.books;

import org.jspecify.annotations.NullMarked;
