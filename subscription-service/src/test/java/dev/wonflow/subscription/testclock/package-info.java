/** Tests of tenants' own times. */
@NullMarked
package dev.wonflow.subscription.testclock;

import org.jspecify.annotations.NullMarked;
