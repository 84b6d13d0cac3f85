/** Settlements over HTTP. */
@NullMarked
package dev.wonflow.sandbox.settlement.web;

import org.jspecify.annotations.NullMarked;
