/** Cards and accounts a tenant may be charged with: agreed to in Toss's billing window, kept sealed, and forgotten. */
@NullMarked
package dev.wonflow.payment.billing;

import org.jspecify.annotations.NullMarked;
