/** What the tests of every module share: the house rules, a clock to move, ids to foresee, the reference tables. */
@NullMarked
package dev.wonflow.testsupport;

import org.jspecify.annotations.NullMarked;
