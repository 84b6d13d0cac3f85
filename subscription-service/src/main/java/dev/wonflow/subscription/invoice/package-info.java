/** What tenants owe, what lessens it (coupons and credit), and what became of it. */
@NullMarked
package dev.wonflow.subscription.invoice;

import org.jspecify.annotations.NullMarked;
