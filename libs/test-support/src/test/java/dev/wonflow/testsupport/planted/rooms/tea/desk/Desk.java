package dev.wonflow.testsupport.planted.rooms.tea.desk;

import dev.wonflow.testsupport.planted.rooms.tea.Tea;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Its adapter. */
record Desk(ConsumerRecord<byte[], byte[]> message, Tea tea) {}
