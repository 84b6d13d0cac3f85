/** Planted for the tests of the house rules. */
@NullMarked
package dev.wonflow.testsupport.planted.adapters.web;

import org.jspecify.annotations.NullMarked;
