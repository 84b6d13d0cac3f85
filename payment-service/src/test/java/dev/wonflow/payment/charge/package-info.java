/** Tests of charges. */
@NullMarked
package dev.wonflow.payment.charge;

import org.jspecify.annotations.NullMarked;
