/** What a payment was opened with, and what the buyer picked. */
@NullMarked
package dev.wonflow.sandbox.session;

import org.jspecify.annotations.NullMarked;
