/** Tests of what tenants may use. */
@NullMarked
package dev.wonflow.subscription.entitlement;

import org.jspecify.annotations.NullMarked;
