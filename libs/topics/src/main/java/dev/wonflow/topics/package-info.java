/** Kafka topics as data: every service creates the missing ones at start and refuses to run on the wrong ones. */
@NullMarked
package dev.wonflow.topics;

import org.jspecify.annotations.NullMarked;
