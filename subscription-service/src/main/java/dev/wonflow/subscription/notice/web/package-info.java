/** HTTP face of the billing contact. */
@NullMarked
package dev.wonflow.subscription.notice.web;

import org.jspecify.annotations.NullMarked;
