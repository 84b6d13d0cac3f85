/** JSON from outside, read strictly and the same over HTTP and Kafka. */
@NullMarked
package dev.wonflow.web.json;

import org.jspecify.annotations.NullMarked;
