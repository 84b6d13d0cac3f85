package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.server.RealServers;
import dev.wonflow.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

@RealServers
class BacklogsIT {

    private static final String TOPIC = "inbox-backlog";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final Map<String, Object> settings =
            Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers());

    @Test
    void that_all_was_read_is_believed_only_of_a_moment_after_the_question() throws Exception {
        try (Admin admin = Admin.create(settings);
                Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
                Backlogs backlogs = new Backlogs(settings)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
            Backlogs.Backlog backlog = backlogs.of(TOPIC, "inbox-backlog-readers");
            assertThat(backlog.mayHoldUnread()).as("nothing is there").isFalse();

            for (int read = 1; read <= 5; read++) {
                producer.send(new ProducerRecord<>(TOPIC, 0, null, "x".getBytes(UTF_8)))
                        .get();
                // Within the second for which the opposite would be believed.
                assertThat(backlog.mayHoldUnread()).as("record %d", read).isTrue();
                admin.alterConsumerGroupOffsets(
                                "inbox-backlog-readers-" + read, Map.of(PARTITION, new OffsetAndMetadata(read)))
                        .all()
                        .get();
                backlog = backlogs.of(TOPIC, "inbox-backlog-readers-" + read);
                assertThat(backlog.mayHoldUnread())
                        .as("record %d was read", read)
                        .isFalse();
            }
        }
    }

    @Test
    void question_after_the_end_opens_nothing() {
        Backlogs backlogs = new Backlogs(settings);
        Backlogs.Backlog backlog = backlogs.of(TOPIC, "anybody");
        DeadLetterTopics letters = new DeadLetterTopics(settings, Duration.ofSeconds(2));
        backlogs.close();
        letters.close();
        Set<Thread> before = clients();

        assertThat(backlog.mayHoldUnread()).isTrue();
        assertThat(letters.largestBatch(TOPIC)).isEmpty();

        assertThat(before).containsAll(clients());
    }

    private static Set<Thread> clients() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-admin-client-thread"))
                .collect(Collectors.toSet());
    }

    @Test
    void a_broker_that_does_not_say_leaves_it_open() {
        try (Backlogs backlogs = new Backlogs(Map.of("bootstrap.servers", "127.0.0.1:1"))) {
            assertThat(backlogs.of(TOPIC, "anybody").mayHoldUnread()).isTrue();
        }
    }
}
