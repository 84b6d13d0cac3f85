@NullMarked
package dev.wonflow.subscription.subscription;

import org.jspecify.annotations.NullMarked;
