/** What every call to the Toss API goes through: keys, idempotency, test codes, headers and errors. */
@NullMarked
package dev.wonflow.sandbox.exchange.web;

import org.jspecify.annotations.NullMarked;
