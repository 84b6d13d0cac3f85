package dev.wonflow.benchmarks.payments;

import dev.wonflow.benchmarks.bed.Broker;
import dev.wonflow.benchmarks.bed.Database;
import dev.wonflow.benchmarks.bed.JarProcess;
import dev.wonflow.benchmarks.bed.Machine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a checkout passes through, each part a process of its own: as in {@code ./wonflow up}, with flags to
 * choose.
 */
final class Services implements AutoCloseable {

    static final String SECRET_KEY = "test_sk_wonflow_local_sandbox_0001";
    static final String CLIENT_KEY = "test_ck_wonflow_local_sandbox_0001";

    /** Each service that has data has a database of this name. */
    static final List<String> DATABASES = List.of("orders", "payments", "subscriptions");

    private static final String WEBHOOK_SECRET = "776f6e666c6f772d62656e63686d61726b2d736563757269747920206b657931";

    private final Map<String, JarProcess> processes = new LinkedHashMap<>();
    private final Database database;
    private final Broker broker;
    private final Flags flags;
    private final Path work;

    private Services(Database database, Broker broker, Flags flags, Path work) {
        this.database = database;
        this.broker = broker;
        this.flags = flags;
        this.work = work;
    }

    /** Starts all of them over empty databases. */
    static Services start(Database database, Broker broker, Flags flags, Path work) throws IOException, SQLException {
        var services = new Services(database, broker, flags, work);
        try {
            services.startAll();
            return services;
        } catch (IOException | SQLException | RuntimeException e) {
            services.close();
            throw e;
        }
    }

    private void startAll() throws IOException, SQLException {
        for (String name : DATABASES) {
            database.execute("CREATE DATABASE " + name);
        }
        int webhooks = JarProcess.freePort();
        start("deploy/issuer", issuer(), "/.well-known/openid-configuration");
        start(
                "toss-sandbox",
                Map.of(
                        "TOSS_SECRET_KEY", SECRET_KEY,
                        "TOSS_CLIENT_KEY", CLIENT_KEY,
                        "TOSS_WEBHOOK_SECRET", WEBHOOK_SECRET,
                        "WONFLOW_SANDBOX_PAYMENT_CAPACITY", "200000",
                        "WONFLOW_SANDBOX_WEBHOOKURLS", "http://127.0.0.1:" + webhooks + "/api/webhooks/toss"),
                "/v1/payments/nobody");
        // Topics come with whoever starts first; one after another, so that start-ups do not disturb each other.
        start("order-service", withData("orders"), "/api/orders/nobody");
        start("payment-service", payments(), "/api/payments/lookup");
        start("subscription-service", withData("subscriptions"), "/api/subscriptions/current");
        var ingest = program("webhook-ingest", webhook(), "/api/webhooks/toss");
        processes.put("webhook-ingest", JarProcess.start(work, ingest, webhooks));
    }

    private void start(String module, Map<String, String> environment, String probe) throws IOException {
        var program = program(module, environment, probe);
        processes.put(Path.of(module).getFileName().toString(), JarProcess.start(work, program));
    }

    private JarProcess.Program program(String module, Map<String, String> environment, String probe) {
        return new JarProcess.Program(module, flags.options(), List.of(), environment, probe);
    }

    URI base(String name) {
        return process(name).base();
    }

    /** Processor seconds each part has used so far, database and broker included. */
    Map<String, Double> cpuSeconds() throws IOException {
        var seconds = new LinkedHashMap<String, Double>();
        for (var process : processes.entrySet()) {
            seconds.put(process.getKey(), Machine.cpuSeconds(process.getValue().pid()));
        }
        seconds.put("kafka", Machine.cpuSeconds(broker.pid()));
        seconds.put("postgres", Machine.ticks(List.of(database.pid())).own() / 100.0);
        return seconds;
    }

    List<Long> pids() throws IOException {
        List<Long> pids =
                new ArrayList<>(processes.values().stream().map(JarProcess::pid).toList());
        pids.add(database.pid());
        return pids;
    }

    private JarProcess process(String name) {
        JarProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException(
                    "service " + name + ": not started (expected: one of " + processes.keySet() + ")");
        }
        return process;
    }

    private Map<String, String> issuer() {
        return Map.of(
                "WONFLOW_ISSUER_KEYFILE",
                work.resolve("issuer-key.json").toAbsolutePath().toString());
    }

    private Map<String, String> payments() {
        Map<String, String> environment = withData("payments");
        environment.put("TOSS_SECRET_KEY", SECRET_KEY);
        environment.put("TOSS_CLIENT_KEY", CLIENT_KEY);
        environment.put("TOSS_WEBHOOK_SECRET", WEBHOOK_SECRET);
        environment.put("TOSS_API_BASE_URL", base("toss-sandbox").toString());
        // What a shop may ask is not what is measured.
        environment.put("WONFLOW_QUOTA_PERMINUTE", "1000000");
        return environment;
    }

    private Map<String, String> webhook() {
        Map<String, String> environment = service();
        environment.put("TOSS_WEBHOOK_SECRET", WEBHOOK_SECRET);
        return environment;
    }

    private Map<String, String> withData(String name) {
        Map<String, String> environment = service();
        environment.put("SPRING_DATASOURCE_URL", database.url(name));
        environment.put("SPRING_DATASOURCE_USERNAME", Database.USER);
        environment.put("SPRING_DATASOURCE_PASSWORD", "unused");
        return environment;
    }

    private Map<String, String> service() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("APP_URL", "http://127.0.0.1:18085");
        environment.put(
                "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI",
                base("issuer").toString());
        environment.put("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES", "wonflow");
        environment.put("WONFLOW_TOPICS_REPLICATIONFACTOR", "1");
        environment.put("WONFLOW_TOPICS_MININSYNCREPLICAS", "1");
        environment.put("MANAGEMENT_SERVER_PORT", "0");
        return environment;
    }

    @Override
    public void close() {
        List<JarProcess> started = new ArrayList<>(processes.values());
        started.reversed().forEach(JarProcess::close);
        processes.clear();
    }
}
