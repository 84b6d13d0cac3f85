package dev.wonflow.testsupport.planted.between.mug.desk;

import dev.wonflow.testsupport.planted.between.mug.shelf.Shelf;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An adapter that knows one of another kind. */
record Desk(ConsumerRecord<byte[], byte[]> message, Shelf shelf) {}
