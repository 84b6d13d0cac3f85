/** An OpenID provider for tests, and an attack on everything a service answers. */
@NullMarked
package dev.wonflow.testsupport.access;

import org.jspecify.annotations.NullMarked;
