/** Billing (자동결제): a buyer agrees once, and the merchant charges the key it was given for that. */
@NullMarked
package dev.wonflow.sandbox.billing;

import org.jspecify.annotations.NullMarked;
