package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.testsupport.contract.ContractSchema;
import dev.wonflow.testsupport.server.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@WithPaymentService
class RelayedIT {

    private final Driver driver;
    private final TossStub toss;

    @Autowired
    RelayedIT(Driver driver, TossStub toss) {
        this.driver = driver;
        this.toss = toss;
    }

    @Test
    void what_happens_to_a_payment_is_on_the_topic_in_order_and_by_contract() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.next(order, new TossStub.Fault.AnswerLost());
        driver.confirm(order, key);
        driver.awaitStatus(order, "PAID");

        List<ConsumerRecord<byte[], byte[]>> messages = read(order, 3);

        assertThat(messages)
                .extracting(message -> header(message, "ce_type"))
                .containsExactly("payment.requested.v1", "payment.outcome-unknown.v1", "payment.paid.v1");
        assertThat(messages)
                .extracting(message -> header(message, "ce_sequence"))
                .containsExactly("1", "3", "4");
        assertThat(messages).allSatisfy(message -> {
            assertThat(header(message, "ce_source")).isEqualTo("/wonflow/payment-service");
            assertThat(header(message, "ce_subject")).isEqualTo(order.value());
            assertThat(header(message, "ce_tenantid")).isEqualTo("default");
            ContractSchema.of(header(message, "ce_type")).validate(new String(message.value(), StandardCharsets.UTF_8));
        });
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(OrderId order, int expected) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                TestServers.kafka().bootstrapServers(),
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class))) {
            List<TopicPartition> partitions = IntStream.range(0, 6)
                    .mapToObj(partition -> new TopicPartition("payment.events", partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().alias("messages about " + order)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(100)).forEach(message -> {
                            if (order.value().equals(new String(message.key(), StandardCharsets.UTF_8))) {
                                found.add(message);
                            }
                        });
                        return found.size() >= expected;
                    });
        }
        return found;
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
