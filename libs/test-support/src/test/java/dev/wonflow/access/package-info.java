/** Stands in for the annotations of routes, so that no library of tests needs the library they are in. */
@org.jspecify.annotations.NullMarked
package dev.wonflow.access;
