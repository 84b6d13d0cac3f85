/** Tests of notices: told once, and mailed. */
@NullMarked
package dev.wonflow.subscription.notice;

import org.jspecify.annotations.NullMarked;
