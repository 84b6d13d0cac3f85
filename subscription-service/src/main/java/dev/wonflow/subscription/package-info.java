/** Which plan a tenant has, until when, and by which payment. */
@NullMarked
package dev.wonflow.subscription;

import org.jspecify.annotations.NullMarked;
