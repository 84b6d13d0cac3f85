/** Tax profiles and tax invoices in PostgreSQL. */
@NullMarked
package dev.wonflow.subscription.taxinvoice.jdbc;

import org.jspecify.annotations.NullMarked;
