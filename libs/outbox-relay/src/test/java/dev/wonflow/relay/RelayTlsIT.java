package dev.wonflow.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.relay.RelayStand.Event;
import dev.wonflow.relay.RelayStand.Service;
import dev.wonflow.testsupport.server.TestServers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The relay's sockets under TLS, with a certificate that is its own authority. */
class RelayTlsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final char[] PASSWORD = "only-for-tests".toCharArray();

    @TempDir
    private Path folder;

    private final RelayStand stand = new RelayStand();
    private Path certificate;

    @BeforeEach
    void switchOn() throws Exception {
        KeyStore keys = makeKeys();
        certificate = folder.resolve("server.crt");
        String pem = pem("CERTIFICATE", keys.getCertificate("server").getEncoded());
        Files.writeString(certificate, pem);
        TestServers.postgres()
                .offerTls(
                        pem, pem("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()));
        await().atMost(LIMIT).until(() -> stand.query("SHOW ssl").equals("on"));
    }

    @AfterEach
    void switchOff() {
        stand.close();
        TestServers.postgres().withdrawTls();
        // The next certificate is another one.
        await().atMost(LIMIT).until(() -> stand.query("SHOW ssl").equals("off"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-full"})
    void over_tls_the_relay_delivers_rests_and_wakes(String mode) throws Exception {
        Service service = startActive(mode);
        List<UUID> ids = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            // A transaction larger than a TLS record now and then, so that messages are cut in the middle.
            Event[] events = new Event[i % 10 == 0 ? 200 : 1];
            for (int event = 0; event < events.length; event++) {
                events[event] = new Event("k" + i, event);
            }
            ids.addAll(stand.append(events));
            Duration pause = Duration.ofMillis(random.nextInt(60));
            await().pollDelay(pause).until(() -> true);
        }
        await().atMost(LIMIT).until(() -> new HashSet<>(stand.publishedIds()).equals(new HashSet<>(ids)));
        assertThat(stand.query("SELECT bool_and(s.ssl) FROM pg_stat_replication r JOIN pg_stat_ssl s USING (pid)"
                        + " JOIN pg_replication_slots ON active_pid = pid WHERE slot_name = '" + stand.slot + "'"))
                .isEqualTo("t");

        RelayThreads.Use use = RelayThreads.useDuring(Duration.ofSeconds(10));

        assertThat(use.share()).as("share of one processor: %s", use).isLessThan(0.03);
        List<UUID> more = stand.append(new Event("after", 1));
        await().atMost(LIMIT).until(() -> stand.publishedIds().containsAll(more));
        assertThat(service.status().restarts).hasValue(0);
        assertThat(Writers.outOfOrder(stand.published())).isEmpty();
    }

    @Test
    void over_tls_a_connection_cut_is_noticed_and_nothing_is_missed() throws Exception {
        Service service = startActive("verify-full");
        try (Writers writers = new Writers(stand)) {
            await().atMost(LIMIT).until(() -> writers.count() > 200);
            stand.database.execute("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                    + " WHERE slot_name = '" + stand.slot + "' AND active");
            await().atMost(LIMIT)
                    .until(() -> service.status().restarts.get() > 0 && service.role() == RelayStatus.Role.ACTIVE);
            int more = writers.count() + 200;
            await().atMost(LIMIT).until(() -> writers.count() > more);
            HashSet<UUID> committed = new HashSet<>(writers.stop());
            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(new HashSet<>(stand.publishedIds())).isEqualTo(committed));
        }
        assertThat(service.status().incidents).hasValue(0);
    }

    private Service startActive(String mode) {
        Service service = stand.startService(
                "spring.datasource.url=" + stand.database.url() + "?sslmode=" + mode + "&sslrootcert=" + certificate,
                "wonflow.relay.heartbeat-interval=3s",
                "wonflow.relay.heartbeat-age-limit=12s");
        await().atMost(LIMIT).until(() -> service.role() == RelayStatus.Role.ACTIVE);
        return service;
    }

    private KeyStore makeKeys() throws Exception {
        Path store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=IP:127.0.0.1,DNS:localhost")
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static String pem(String kind, byte[] content) throws IOException {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + kind + "-----\n";
    }
}
