/** The local issuer: who may sign in on one's own machine, with what, and which token they get. */
@NullMarked
package dev.wonflow.issuer;

import org.jspecify.annotations.NullMarked;
