/** The outer edge of a service: requests of bounded size, and a problem with a code for whatever goes wrong. */
@NullMarked
package dev.wonflow.web;

import org.jspecify.annotations.NullMarked;
