/** The sandbox as its users see it: its API, its controls, and the webhooks it sends. */
@NullMarked
package dev.wonflow.local.sandbox;

import org.jspecify.annotations.NullMarked;
