/** Who may call what: tokens of an OpenID provider, permissions stated at the route, everything else denied. */
@NullMarked
package dev.wonflow.access;

import org.jspecify.annotations.NullMarked;
