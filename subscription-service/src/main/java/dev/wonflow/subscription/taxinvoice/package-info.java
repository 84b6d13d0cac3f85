/** Tax invoices (세금계산서): whom they are for, what they say, and the file they are issued by. */
@NullMarked
package dev.wonflow.subscription.taxinvoice;

import org.jspecify.annotations.NullMarked;
