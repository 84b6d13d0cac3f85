/** Telephone bills, which take only so much in a month. */
@NullMarked
package dev.wonflow.sandbox.telephone;

import org.jspecify.annotations.NullMarked;
