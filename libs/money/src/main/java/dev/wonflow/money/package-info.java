/** Money, and nothing but money: exact, never negative, always won. */
@NullMarked
package dev.wonflow.money;

import org.jspecify.annotations.NullMarked;
