package dev.wonflow.local.demo;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the consumer groups have come. */
final class ConsumedOffsets implements AutoCloseable {

    private static final long ANSWER_SECONDS = 10;

    private final Admin admin;

    ConsumedOffsets(String bootstrapServers) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** Tells whether every group that reads the record's topic has handled the record; false if there is none. */
    boolean isPast(Seen record) throws InterruptedException {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        try {
            boolean any = false;
            for (GroupListing group : admin.listGroups().all().get(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                OffsetAndMetadata offset = admin.listConsumerGroupOffsets(group.groupId())
                        .partitionsToOffsetAndMetadata()
                        .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                        .get(partition);
                if (offset != null) {
                    if (offset.offset() <= record.offset()) {
                        return false;
                    }
                    any = true;
                }
            }
            return any;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("consumer groups: not listed", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
