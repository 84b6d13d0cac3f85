/** Payouts (지급대행): sellers of a marketplace, the balance they are paid from, and what is paid to them. */
@NullMarked
package dev.wonflow.sandbox.payout;

import org.jspecify.annotations.NullMarked;
