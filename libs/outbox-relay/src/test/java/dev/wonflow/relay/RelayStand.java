package dev.wonflow.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.outbox.OutboxAutoConfiguration;
import dev.wonflow.testsupport.ReferenceTables;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** A database with the reference tables, a topic of its own, and as many relaying services as a test starts. */
final class RelayStand implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");
    static final int PARTITIONS = 3;

    /** Starts a relay alone, whatever the outbox would say of its table. */
    static final String WITHOUT_OUTBOX = "spring.autoconfigure.exclude=" + OutboxAutoConfiguration.class.getName();

    private static final String COLUMNS = "relay-test.columns";

    final TestDatabase database = TestServers.postgres().createDatabase("relay");
    final String slot = "wonflow_" + database.name();
    final String topic = database.name() + ".events";
    private final List<ConfigurableApplicationContext> services = new ArrayList<>();
    private String bootstrapServers = TestServers.kafka().bootstrapServers();

    RelayStand() {
        ReferenceTables.create(database, "outbox");
        ReferenceTables.create(database, "relay");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    /** Lets services started from now on reach Kafka through another address. */
    void useKafkaAt(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    Service startService(String... properties) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.application.name=relay-test",
                        "spring.datasource.url=" + database.url(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password(),
                        "spring.kafka.bootstrap-servers=" + bootstrapServers,
                        "spring.kafka.producer.properties.max.block.ms=1000",
                        "spring.main.register-shutdown-hook=false",
                        "wonflow.relay.heartbeat-interval=300ms",
                        "wonflow.relay.heartbeat-age-limit=2s",
                        "wonflow.relay.standby-interval=100ms",
                        "wonflow.relay.back-off-max=1s")
                .properties(properties)
                .run();
        services.add(context);
        return new Service(context);
    }

    /** Has a service read these columns of the outbox, as another version of it did. */
    static String columns(List<String> columns) {
        return COLUMNS + "=" + String.join(",", columns);
    }

    /** Appends events in one transaction of its own. */
    List<UUID> append(Event... events) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            List<UUID> ids = append(connection, events);
            connection.commit();
            return ids;
        }
    }

    /** Appends events in the caller's transaction. */
    List<UUID> append(Connection connection, Event... events) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO outbox"
                + " (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload)"
                + " VALUES (gen_random_uuid(), ?, ?, 'thing.happened.v1', ?, 'default', ?, ?) RETURNING id")) {
            for (Event event : events) {
                statement.setString(1, topic);
                statement.setString(2, event.key());
                statement.setLong(3, event.sequence());
                statement.setObject(4, NOON.atOffset(ZoneOffset.UTC));
                statement.setString(5, "{\"말\":\"" + event.key() + "-" + event.sequence() + "\"}");
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    ids.add(row.getObject(1, UUID.class));
                }
            }
        }
        return ids;
    }

    List<UUID> appended() throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM outbox")) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    String query(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "nothing";
        }
    }

    /** Drops the slot of a relay that has stopped: PostgreSQL's end of the connection may live on for a moment. */
    void dropSlot() {
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> query("SELECT active FROM pg_replication_slots WHERE slot_name = '" + slot + "'"),
                        "f"::equals);
        database.execute("SELECT pg_drop_replication_slot('" + slot + "')");
    }

    /** Everything on the topic now, partition by partition. */
    List<ConsumerRecord<byte[], byte[]>> published() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                partitions.add(new TopicPartition(topic, partition));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    List<UUID> publishedIds() {
        return published().stream()
                .map(record -> UUID.fromString(header(record, "ce_id")))
                .toList();
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        services.forEach(ConfigurableApplicationContext::close);
        try {
            if (!query("SELECT 1 FROM pg_replication_slots WHERE slot_name = '" + slot + "'")
                    .equals("nothing")) {
                dropSlot();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a test has to say about an event. */
    record Event(String key, long sequence) {}

    /** One running service with its relay. */
    record Service(ConfigurableApplicationContext context) {

        Relay relay() {
            return context.getBean(Relay.class);
        }

        RelayStatus status() {
            return context.getBean(RelayStatus.class);
        }

        RelayStatus.Role role() {
            return status().role();
        }

        Health health() {
            Health health = context.getBean(RelayHealthIndicator.class).health();
            assertThat(health).isNotNull();
            return health;
        }

        Status healthStatus() {
            return health().getStatus();
        }

        void stop() {
            context.close();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {

        /** Puts the relay of another version in the place of this one's. */
        @Bean
        static BeanPostProcessor otherVersion(Environment settings) {
            return new BeanPostProcessor() {
                @Override
                @SuppressWarnings("unchecked")
                public Object postProcessAfterInitialization(Object bean, String name) {
                    List<String> columns = settings.getProperty(COLUMNS, List.class);
                    return bean instanceof RelayDatabase database && columns != null
                            ? new RelayDatabase(
                                    settings.getRequiredProperty("spring.datasource.url"),
                                    settings.getRequiredProperty("spring.datasource.username"),
                                    settings.getRequiredProperty("spring.datasource.password"),
                                    database.slotName(),
                                    "wonflow_outbox",
                                    columns)
                            : bean;
                }
            };
        }
    }
}
