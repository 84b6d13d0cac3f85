/** HTTP face of entitlements. */
@NullMarked
package dev.wonflow.subscription.entitlement.web;

import org.jspecify.annotations.NullMarked;
