package dev.wonflow.benchmarks.renewals;

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
import java.util.Objects;

/**
 * What a renewal passes through, each part a process of its own: issuer, sandbox, payment-service,
 * subscription-service.
 */
final class BillingStack implements AutoCloseable {

    static final String SECRET_KEY = "test_sk_wonflow_local_sandbox_0001";

    static final String SUBSCRIPTIONS = "subscriptions";
    static final String PAYMENTS = "payments";

    private static final String CLIENT_KEY = "test_ck_wonflow_local_sandbox_0001";
    private static final String WEBHOOK_SECRET = "776f6e666c6f772d62656e63686d61726b2d736563757269747920206b657931";

    /** Billing keys of the sandbox are sealed with it, and nothing else. */
    private static final String BILLING_KEYSET =
            "{\"primaryKeyId\":1,\"key\":[{\"keyData\":{\"typeUrl\":\"type.googleapis.com/google.crypto.tink.AesGcmKey\","
                    + "\"value\":\"GiABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIA==\",\"keyMaterialType\":\"SYMMETRIC\"},"
                    + "\"status\":\"ENABLED\",\"keyId\":1,\"outputPrefixType\":\"TINK\"}]}";

    private static final List<String> JVM = List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Duser.timezone=Asia/Seoul",
            "-Duser.language=en");

    /** All payments of a run are in its memory, which is not what is measured. */
    private static final String SANDBOX_HEAP = "-Xmx2g";

    private final Map<String, JarProcess> processes = new LinkedHashMap<>();
    private final Map<String, JarProcess.Program> programs = new LinkedHashMap<>();
    private final Database database;
    private final Broker broker;
    private final RenewalsPlan plan;
    private final Path work;

    private BillingStack(Database database, Broker broker, RenewalsPlan plan, Path work) {
        this.database = database;
        this.broker = broker;
        this.plan = plan;
        this.work = work;
    }

    /** Starts all of it over empty databases. */
    static BillingStack start(Database database, Broker broker, RenewalsPlan plan, Path work)
            throws IOException, SQLException {
        var stack = new BillingStack(database, broker, plan, work);
        try {
            database.execute("CREATE DATABASE " + PAYMENTS);
            database.execute("CREATE DATABASE " + SUBSCRIPTIONS);
            stack.start(
                    "deploy/issuer",
                    Map.of(
                            "WONFLOW_ISSUER_KEYFILE",
                            work.resolve("issuer-key.json").toAbsolutePath().toString()),
                    "/.well-known/openid-configuration");
            stack.start(
                    "toss-sandbox",
                    Map.of(
                            "TOSS_SECRET_KEY", SECRET_KEY,
                            "TOSS_CLIENT_KEY", CLIENT_KEY,
                            "TOSS_WEBHOOK_SECRET", WEBHOOK_SECRET,
                            "WONFLOW_SANDBOX_PAYMENT_CAPACITY", "500000",
                            "WONFLOW_SANDBOX_TRANSACTION_CAPACITY", "1000000"),
                    "/v1/payments/nobody");
            stack.start("payment-service", stack.payments(), "/api/payments/lookup");
            stack.start("subscription-service", stack.subscriptions(), "/api/subscriptions/current");
            return stack;
        } catch (IOException | SQLException | RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private void start(String module, Map<String, String> environment, String probe) throws IOException {
        var options = new ArrayList<>(JVM);
        if (module.equals("toss-sandbox")) {
            options.add(SANDBOX_HEAP);
        }
        var program = new JarProcess.Program(module, options, List.of(), environment, probe);
        String name = Path.of(module).getFileName().toString();
        programs.put(name, program);
        processes.put(name, JarProcess.start(work, program));
    }

    /** Kills both services as the kernel does, and starts them again where they were. */
    void killAndStart() throws IOException {
        for (String name : List.of("subscription-service", "payment-service")) {
            process(name).kill();
        }
        for (String name : List.of("payment-service", "subscription-service")) {
            int port = process(name).base().getPort();
            var program = Objects.requireNonNull(programs.get(name));
            processes.put(name, JarProcess.start(work.resolve("again-" + System.nanoTime()), program, port));
        }
    }

    /** Starts payment-service again where it was, to make so many charges at the same time. */
    void restartPayments(int atOnce) throws IOException {
        String name = "payment-service";
        int port = process(name).base().getPort();
        process(name).close();
        var before = Objects.requireNonNull(programs.get(name));
        Map<String, String> environment = new LinkedHashMap<>(before.environment());
        environment.put("WONFLOW_CHARGE_ATONCE", String.valueOf(atOnce));
        var program = new JarProcess.Program(
                before.module(), before.jvmOptions(), before.arguments(), environment, before.probe());
        programs.put(name, program);
        processes.put(name, JarProcess.start(work.resolve("again-" + System.nanoTime()), program, port));
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
        pids.add(broker.pid());
        return pids;
    }

    private JarProcess process(String name) {
        JarProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException(
                    "part " + name + ": not started (expected: one of " + processes.keySet() + ")");
        }
        return process;
    }

    private Map<String, String> payments() {
        Map<String, String> environment = withData(PAYMENTS);
        environment.put("TOSS_SECRET_KEY", SECRET_KEY);
        environment.put("TOSS_CLIENT_KEY", CLIENT_KEY);
        environment.put("TOSS_WEBHOOK_SECRET", WEBHOOK_SECRET);
        environment.put("TOSS_API_BASE_URL", base("toss-sandbox").toString());
        environment.put("WONFLOW_BILLING_KEYSET", BILLING_KEYSET);
        // What a shop may ask is not what is measured.
        environment.put("WONFLOW_QUOTA_PERMINUTE", "1000000");
        environment.put("WONFLOW_CHARGE_ATONCE", String.valueOf(plan.inFlight()));
        environment.put("WONFLOW_CHARGE_BATCH", "250");
        environment.put("WONFLOW_CHARGE_LEASE", plan.lease().toString());
        return environment;
    }

    private Map<String, String> subscriptions() {
        Map<String, String> environment = withData(SUBSCRIPTIONS);
        // So many that payment-service never waits for the next claim.
        environment.put("WONFLOW_RENEWAL_MOST", String.valueOf(Math.min(10_000, 4 * plan.inFlight())));
        return environment;
    }

    private Map<String, String> withData(String name) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put(
                "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI",
                base("issuer").toString());
        environment.put("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES", "wonflow");
        environment.put("WONFLOW_TOPICS_REPLICATIONFACTOR", "1");
        environment.put("WONFLOW_TOPICS_MININSYNCREPLICAS", "1");
        environment.put("MANAGEMENT_SERVER_PORT", "0");
        environment.put("APP_URL", "http://127.0.0.1:18085");
        environment.put("SPRING_DATASOURCE_URL", database.url(name));
        environment.put("SPRING_DATASOURCE_USERNAME", Database.USER);
        environment.put("SPRING_DATASOURCE_PASSWORD", "unused");
        return environment;
    }

    @Override
    public void close() {
        List<JarProcess> started = new ArrayList<>(processes.values());
        started.reversed().forEach(JarProcess::close);
        processes.clear();
    }
}
