package dev.wonflow.testsupport.planted.beside.desk;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An adapter beside its noun, in a package of a name no list has. */
final class Desk {
    long offset(ConsumerRecord<byte[], byte[]> message) {
        return message.offset();
    }
}
