/** The HTTP face of virtual accounts. */
@NullMarked
package dev.wonflow.sandbox.virtualaccount.web;

import org.jspecify.annotations.NullMarked;
