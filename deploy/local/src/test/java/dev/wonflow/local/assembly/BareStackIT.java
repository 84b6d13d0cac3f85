package dev.wonflow.local.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.local.archive.LauncherJar;
import dev.wonflow.local.kafka.KafkaPart;
import dev.wonflow.local.postgres.PostgresPart;
import dev.wonflow.local.process.LiveProcess;
import dev.wonflow.local.spring.Jars;
import dev.wonflow.local.stack.JavaProgram;
import dev.wonflow.local.stack.LocalStack;
import dev.wonflow.local.stack.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL and Kafka as the stack starts them, without the services. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class BareStackIT {

    private StateFolder state;
    private Ports ports;
    private LocalStack stack;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        state = new StateFolder(folder.toRealPath());
        ports = Ports.free();
        stack = new LocalStack(state, List.of(postgres(), kafka()));
        stack.up((_, _, _) -> {});
    }

    @AfterAll
    void leaveNothingRunning() throws InterruptedException {
        stack.down((_, _, _) -> {});
    }

    @Test
    void data_survives_a_stop_and_a_kill() throws Exception {
        execute("CREATE TABLE kept (value text)");
        execute("INSERT INTO kept VALUES ('before the stop')");
        createTopic("kept");

        assertThat(stack.down((_, _, _) -> {})).isTrue();
        stack.up((_, _, _) -> {});
        assertThat(query("SELECT value FROM kept")).isEqualTo("before the stop");
        assertThat(topics()).contains("kept");

        execute("UPDATE kept SET value = 'before the kill'");
        kill("postgres");
        kill("kafka");
        assertThat(stack.up((_, _, _) -> {})).containsExactlyInAnyOrder("postgres", "kafka");
        assertThat(query("SELECT value FROM kept")).isEqualTo("before the kill");
        assertThat(topics()).contains("kept");
    }

    @Test
    void postgres_is_as_durable_as_in_production_and_open_to_relays() throws Exception {
        assertThat(query("SHOW fsync")).isEqualTo("on");
        assertThat(query("SHOW synchronous_commit")).isEqualTo("on");
        assertThat(query("SHOW full_page_writes")).isEqualTo("on");
        assertThat(query("SHOW wal_level")).isEqualTo("logical");
        assertThat(query("SHOW server_version")).startsWith("18.");
        assertThat(
                        query(
                                "SELECT rolreplication AND rolcanlogin AND NOT rolsuper FROM pg_roles WHERE rolname = 'orders'"))
                .isEqualTo("t");
        assertThat(query("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'orders'"))
                .isEqualTo("orders");
    }

    @Test
    void lock_file_that_names_a_foreign_process_does_not_keep_postgres_from_starting() throws Exception {
        kill("postgres");
        Process foreign = new ProcessBuilder("sleep", "200").start();
        try {
            Path lock = state.data().resolve("postgres/postmaster.pid");
            List<String> lines = Files.readAllLines(lock);
            lines.set(0, Long.toString(foreign.pid()));
            Files.write(lock, lines);

            assertThat(stack.up((_, _, _) -> {})).containsExactly("postgres");
            assertThat(foreign.isAlive()).isTrue();
        } finally {
            foreign.destroyForcibly();
        }
    }

    @Test
    void archive_of_the_brokers_classes_was_made_before_its_first_start() throws IOException {
        try (Stream<Path> archives = Files.list(state.cache().resolve("classes"))) {
            assertThat(archives.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.matches("kafka-[0-9a-f]+\\.jsa"));
        }
    }

    private PostgresPart postgres() {
        return new PostgresPart(
                state.cache(),
                state.data().resolve("postgres"),
                state.log("postgres-setup"),
                ports.of(Port.POSTGRES),
                List.of("orders"),
                StackSettings.inherited(),
                new Random(1));
    }

    private KafkaPart kafka() {
        return new KafkaPart(
                JavaProgram.of(state, "kafka"),
                Jars.find(Path.of("").toAbsolutePath()).map(LauncherJar::new).orElseThrow(),
                state,
                state.data().resolve("kafka"),
                ports.of(Port.KAFKA),
                ports.of(Port.KAFKA_CONTROLLER),
                StackSettings.inherited());
    }

    private void kill(String part) {
        LiveProcess process = stack.process(part);
        process.signal("KILL");
        await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + ports.of(Port.POSTGRES) + "/orders", "orders", "orders");
    }

    private void createTopic(String name) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
    }

    private Iterable<String> topics() throws Exception {
        try (Admin admin = admin()) {
            return admin.listTopics().names().get(20, TimeUnit.SECONDS);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + ports.of(Port.KAFKA)));
    }
}
