/** What a person has to look at, because no rule of ours settles it. */
@NullMarked
package dev.wonflow.payment.incident;

import org.jspecify.annotations.NullMarked;
