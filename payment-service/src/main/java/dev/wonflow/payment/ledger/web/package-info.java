/** The ledger over HTTP, for operators. */
@NullMarked
package dev.wonflow.payment.ledger.web;

import org.jspecify.annotations.NullMarked;
