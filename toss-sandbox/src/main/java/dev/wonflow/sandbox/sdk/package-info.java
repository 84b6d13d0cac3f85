/** The browser SDK: what a shop's script asks for, and how the window it opens speaks to the shop's page. */
@NullMarked
package dev.wonflow.sandbox.sdk;

import org.jspecify.annotations.NullMarked;
