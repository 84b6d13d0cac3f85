/** How far card companies have got with collecting the money of a payment (매입). */
@NullMarked
package dev.wonflow.sandbox.acquisition;

import org.jspecify.annotations.NullMarked;
