package dev.wonflow.testsupport.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;

/** What every supplier of servers has to keep; with the profile {@code containers}, that of containers. */
class TestServersIT {

    @Test
    void servers_are_of_the_supplier_that_was_asked_for() throws SQLException {
        boolean containers = "containers".equals(new StandardEnvironment().getProperty(ServerSource.SETTING));

        String data = answer(TestServers.postgres().administration(), "SHOW data_directory");

        assertThat(ContainerPostgresServer.DATA.equals(data)).isEqualTo(containers);
    }

    @Test
    void commits_are_as_durable_as_in_production() throws SQLException {
        TestDatabase database = TestServers.postgres().createDatabase("durable");

        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            assertThat(answer(database, "SHOW " + setting)).as(setting).isEqualTo("on");
        }
        assertThat(answer(database, "SHOW wal_level")).isEqualTo("logical");
        assertThat(answer(database, "SHOW server_version")).startsWith("18.");
    }

    @Test
    void each_database_is_empty_and_owned_by_a_role_that_is_no_superuser() throws SQLException {
        TestDatabase first = TestServers.postgres().createDatabase("same_purpose");
        TestDatabase second = TestServers.postgres().createDatabase("same_purpose");
        first.execute("CREATE TABLE mug (id int)");

        assertThat(answer(second, "SELECT to_regclass('mug')::text")).isNull();
        assertThat(answer(second, "SELECT rolsuper::text || rolreplication FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("falsetrue");
    }

    @Test
    void a_database_name_cannot_carry_sql() {
        assertThatThrownBy(() -> TestServers.postgres().createDatabase("a; DROP"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("purpose: a; DROP");
    }

    @Test
    void a_record_sent_to_kafka_comes_back() throws Exception {
        createTopic("round-trip");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(clientSettings(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("round-trip", "ord_1", "머그컵 외 1건"))
                    .get(30, TimeUnit.SECONDS);
        }

        Properties settings = clientSettings();
        settings.putAll(Map.of(
                "group.id", "round-trip",
                "group.protocol", "consumer",
                "auto.offset.reset", "earliest"));
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(Set.of("round-trip"));
            ConsumerRecord<String, String> received = await().atMost(Duration.ofSeconds(30))
                    .until(() -> consumer.poll(Duration.ofMillis(100)), records -> !records.isEmpty())
                    .iterator()
                    .next();

            assertThat(received.key()).isEqualTo("ord_1");
            assertThat(received.value().getBytes(UTF_8)).isEqualTo("머그컵 외 1건".getBytes(UTF_8));
        }
    }

    @Test
    void kafka_creates_no_topic_by_itself() throws Exception {
        try (KafkaProducer<String, String> producer =
                        new KafkaProducer<>(settingsWithShortBlock(), new StringSerializer(), new StringSerializer());
                Admin admin = Admin.create(clientSettings())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("never-made", "x"))
                            .get(30, TimeUnit.SECONDS))
                    .hasMessageContaining("never-made");

            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).doesNotContain("never-made");
        }
    }

    @Test
    void a_context_gets_a_database_of_its_own_and_the_broker() {
        try (GenericApplicationContext one = new GenericApplicationContext();
                GenericApplicationContext two = new GenericApplicationContext()) {
            new RealServersInitializer().initialize(one);
            new RealServersInitializer().initialize(two);

            assertThat(one.getEnvironment().getProperty("spring.kafka.bootstrap-servers"))
                    .isEqualTo(TestServers.kafka().bootstrapServers());
            assertThat(one.getEnvironment().getProperty("spring.datasource.url"))
                    .isNotNull()
                    .isNotEqualTo(two.getEnvironment().getProperty("spring.datasource.url"));
        }
    }

    @Test
    void postgres_stops_although_a_replication_client_is_connected() throws SQLException {
        PostgresServer server = TestServers.anotherPostgres();
        TestDatabase database = server.createDatabase("replicated");
        Properties settings = new Properties();
        PGProperty.USER.set(settings, database.username());
        PGProperty.PASSWORD.set(settings, database.password());
        PGProperty.REPLICATION.set(settings, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(settings, "18");
        PGProperty.PREFER_QUERY_MODE.set(settings, "simple");
        database.execute("SELECT pg_create_logical_replication_slot('held', 'test_decoding')");
        Connection connection = DriverManager.getConnection(database.url(), settings);
        PGReplicationStream stream = connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName("held")
                .start();
        assertThat(stream.isClosed()).isFalse();

        long start = System.nanoTime();
        server.stop();

        // The polite stop would wait for the client for ever; this limit only allows for a busy machine.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
    }

    @Test
    void suspended_kafka_refuses_everybody_and_comes_back_with_its_address_and_its_records() throws Exception {
        KafkaServer kafka = TestServers.anotherKafka();
        try {
            String address = kafka.bootstrapServers();
            createTopic(address, "kept");

            kafka.suspend();

            assertThatThrownBy(() -> {
                        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(address))) {
                            // A container's forwarder may accept and hang up.
                            assertThat(socket.getInputStream().read()).isNotNegative();
                        }
                    })
                    .isInstanceOfAny(IOException.class, AssertionError.class);

            kafka.resume();

            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            try (Admin admin = Admin.create(clientSettings(address))) {
                assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).containsExactly("kept");
            }
        } finally {
            kafka.stop();
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static void createTopic(String name) throws Exception {
        createTopic(TestServers.kafka().bootstrapServers(), name);
    }

    private static void createTopic(String address, String name) throws Exception {
        try (Admin admin = Admin.create(clientSettings(address))) {
            admin.createTopics(Set.of(new NewTopic(name, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
        }
    }

    private static Properties clientSettings() {
        return clientSettings(TestServers.kafka().bootstrapServers());
    }

    private static Properties clientSettings(String address) {
        Properties settings = new Properties();
        settings.setProperty("bootstrap.servers", address);
        return settings;
    }

    private static Properties settingsWithShortBlock() {
        Properties settings = clientSettings();
        settings.setProperty("max.block.ms", "1000");
        return settings;
    }

    private static @Nullable String answer(TestDatabase database, String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
