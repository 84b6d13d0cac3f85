/** Real PostgreSQL and Kafka for tests: one of each per JVM, started when first asked for. */
@NullMarked
package dev.wonflow.testsupport.server;

import org.jspecify.annotations.NullMarked;
