/** HTTP face of renewals. */
@NullMarked
package dev.wonflow.subscription.renewal.web;

import org.jspecify.annotations.NullMarked;
