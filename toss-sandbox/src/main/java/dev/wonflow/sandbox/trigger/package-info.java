/** Things that happen at Toss, made to happen here by the steps a merchant, a buyer and a bank would take. */
@NullMarked
package dev.wonflow.sandbox.trigger;

import org.jspecify.annotations.NullMarked;
