/** Tests of the HTTP face. */
@NullMarked
package dev.wonflow.subscription.web;

import org.jspecify.annotations.NullMarked;
