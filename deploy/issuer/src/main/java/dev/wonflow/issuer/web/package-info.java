/** The issuer's pages. */
@NullMarked
package dev.wonflow.issuer.web;

import org.jspecify.annotations.NullMarked;
