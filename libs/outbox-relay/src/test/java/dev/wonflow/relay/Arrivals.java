package dev.wonflow.relay;

import dev.wonflow.testsupport.server.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** When events come out at the other end. */
final class Arrivals implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final BlockingQueue<Long> moments = new LinkedBlockingQueue<>();
    private final Thread thread;
    private int count;

    Arrivals(RelayStand stand) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < RelayStand.PARTITIONS; partition++) {
            partitions.add(new TopicPartition(stand.topic, partition));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread = Thread.ofPlatform().start(this::receive);
    }

    /** Waits for the next event, which has to be this one, and answers its moment by the JVM's clock. */
    long awaitCount(int number, Duration limit) throws InterruptedException {
        Long moment = moments.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        count++;
        if (moment == null || count != number) {
            throw new AssertionError("event " + number + " did not come; the last was " + (count - 1));
        }
        return moment;
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive() {
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofSeconds(1)).forEach(_ -> moments.add(System.nanoTime()));
            }
        } catch (WakeupException e) {
            // Closed: the test is over.
        }
    }
}
