/** The HTTP face of charging a card by its number. */
@NullMarked
package dev.wonflow.sandbox.keyin.web;

import org.jspecify.annotations.NullMarked;
