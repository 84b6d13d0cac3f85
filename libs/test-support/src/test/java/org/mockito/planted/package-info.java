/** Planted for the tests of the house rules. */
@NullMarked
package org.mockito.planted;

import org.jspecify.annotations.NullMarked;
