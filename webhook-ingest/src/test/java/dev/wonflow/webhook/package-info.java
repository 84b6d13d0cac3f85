/** Tests of signatures, grades and the house rules. */
@NullMarked
package dev.wonflow.webhook;

import org.jspecify.annotations.NullMarked;
