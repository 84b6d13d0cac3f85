/** Card companies, banks and easy-pay providers, with the codes and names Toss has for them. */
@NullMarked
package dev.wonflow.sandbox.institution;

import org.jspecify.annotations.NullMarked;
