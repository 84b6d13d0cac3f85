/** Reconciliation over HTTP, for operators. */
@NullMarked
package dev.wonflow.payment.reconciliation.web;

import org.jspecify.annotations.NullMarked;
