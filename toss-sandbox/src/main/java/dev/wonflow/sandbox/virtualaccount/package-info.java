/** Virtual accounts (가상계좌): their issue, deposits, and what goes back. */
@NullMarked
package dev.wonflow.sandbox.virtualaccount;

import org.jspecify.annotations.NullMarked;
