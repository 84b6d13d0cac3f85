package dev.wonflow.testsupport.planted.between.mug.counter;

import java.sql.Connection;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An adapter of two kinds. */
record Counter(ConsumerRecord<byte[], byte[]> message, Connection connection) {}
