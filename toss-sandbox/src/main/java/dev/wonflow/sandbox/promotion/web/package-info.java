/** Promotions over HTTP. */
@NullMarked
package dev.wonflow.sandbox.promotion.web;

import org.jspecify.annotations.NullMarked;
