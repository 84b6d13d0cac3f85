package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.testsupport.Canary;
import dev.wonflow.testsupport.server.HeldText;
import dev.wonflow.testsupport.server.RealServersInitializer;
import dev.wonflow.testsupport.server.TestServers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every secret the service meets is a canary, everything it does is done once, well and badly, and then every line it
 * logged, every record in Kafka and every row in its database is searched for them.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "TOSS_SECRET_KEY=test_sk_" + CanaryIT.SECRET_KEY,
            "TOSS_CLIENT_KEY=test_ck_everybody_may_know",
            "logging.level.dev.wonflow=TRACE",
            "wonflow.charge.first-delay=200ms",
            "wonflow.charge.poll-interval=50ms",
            "wonflow.quota.per-minute=60000",
            "wonflow.status-check.first-delay=200ms",
            "wonflow.status-check.poll-interval=50ms",
            "wonflow.status-check.hint-window=200ms"
        })
@ContextConfiguration(initializers = CanaryIT.Secrets.class)
@Import({TossStubConfiguration.class, Driver.class, Meeting.class})
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class CanaryIT {

    static final String SECRET_KEY = "CanaryTossSecretKey0001";

    private static final Logger log = LoggerFactory.getLogger(CanaryIT.class);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEYSET_KEY = "CanaryKeyOfTheBillingKeyset00001";
    private static final String PASSWORD = "CanaryDatabasePassword0001";
    private static final String WEBHOOK_SECRET = "ps_CanaryWebhookSecret0001";
    private static final String CARD = "9410001234567890";
    private static final String RECEIPT_NUMBER = "01098765432100";
    private static final String ACCOUNT = "77001234567890123";

    private final Driver driver;
    private final TossStub toss;
    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final KafkaTemplate<byte[], byte[]> kafka;
    private final IdSource ids;

    @Autowired
    CanaryIT(
            Driver driver,
            TossStub toss,
            JdbcClient jdbc,
            DataSource dataSource,
            KafkaTemplate<byte[], byte[]> kafka,
            IdSource ids) {
        this.driver = driver;
        this.toss = toss;
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        this.kafka = kafka;
        this.ids = ids;
    }

    /** Gives the service a keyset and a password that are canaries. */
    static final class Secrets implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            new RealServersInitializer().initialize(context);
            Environment given = context.getEnvironment();
            try (Connection connection = DriverManager.getConnection(
                            given.getRequiredProperty("spring.datasource.url"),
                            given.getRequiredProperty("spring.datasource.username"),
                            given.getRequiredProperty("spring.datasource.password"));
                    Statement statement = connection.createStatement()) {
                statement.execute("ALTER ROLE CURRENT_USER PASSWORD '" + PASSWORD + "'");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            TestPropertyValues.of("spring.datasource.password=" + PASSWORD, "wonflow.billing.keyset=" + keyset())
                    .applyTo(context);
        }

        /** AES-256 as Tink writes it: field 3 of 32 bytes. */
        private static String keyset() {
            byte[] key = ("\u001a " + KEYSET_KEY).getBytes(StandardCharsets.US_ASCII);
            return "{\"primaryKeyId\":7,\"key\":[{\"keyData\":{\"typeUrl\":"
                    + "\"type.googleapis.com/google.crypto.tink.AesGcmKey\",\"value\":\""
                    + Base64.getEncoder().encodeToString(key)
                    + "\",\"keyMaterialType\":\"SYMMETRIC\"},\"status\":\"ENABLED\",\"keyId\":7,\"outputPrefixType\":\"TINK\"}]}";
        }
    }

    @Test
    void no_secret_is_in_any_log_line_record_or_row(CapturedOutput output) throws SQLException {
        List<Canary> canaries = new ArrayList<>(List.of(
                new Canary("Toss's secret key", SECRET_KEY),
                new Canary("key of the billing keyset", KEYSET_KEY),
                new Canary("password of the database", PASSWORD),
                new Canary("webhook secret of a payment", WEBHOOK_SECRET),
                new Canary("number of a card", CARD),
                new Canary("number of a cash receipt", RECEIPT_NUMBER),
                new Canary("account for a refund", ACCOUNT)));

        payAndRefund();
        payWithAnswersNobodyCanRead();
        issueReceipts();
        canaries.addAll(registerChargeAndRemove());
        canaries.add(importKeys());
        sendWhatCannotBeRead();

        Canary control = new Canary("control", "CanaryThatIsMeantToBeFound01");
        plant("CanaryThatIsMeantToBeFound01");
        List<String> lines = output.getAll().lines().toList();
        List<String> records = HeldText.records(TestServers.kafka().bootstrapServers());
        List<String> rows = everyRow();

        log.info(
                "Searched for {} secrets in {} lines of log, {} records and {} rows",
                canaries.size(),
                lines.size(),
                records.size(),
                rows.size());
        assertThat(lines).hasSizeGreaterThan(50).anyMatch(control::isIn);
        assertThat(records).hasSizeGreaterThan(10);
        assertThat(records.stream().filter(control::isIn))
                .as("planted in key, header and value")
                .hasSize(3);
        assertThat(rows).hasSizeGreaterThan(50);
        assertThat(rows.stream().filter(control::isIn))
                .as("planted as text, base64, bytes and JSON")
                .hasSize(4);
        assertThat(Canary.found(canaries, "log", lines)).isEmpty();
        assertThat(Canary.found(canaries, "Kafka", records)).isEmpty();
        assertThat(Canary.found(canaries, "table", rows)).isEmpty();
    }

    private void payAndRefund() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = authenticated(order);
        toss.next(order, new TossStub.Fault.Bent(approved -> approved.put("secret", WEBHOOK_SECRET)));
        assertThat(driver.confirm(order, key).status()).isEqualTo(200);
        toss.change(key, payment -> payment.put("secret", WEBHOOK_SECRET));
        driver.sendPrintedWebhook(order, "CLASSIC", """
            {"eventType":"PAYMENT_STATUS_CHANGED","createdAt":"2026-01-05T12:00:32.65327",
             "data":{"orderId":"%s","paymentKey":"%s","status":"DONE","secretPrint":"%s","totalAmount":1}}
            """.formatted(order, key, "0".repeat(64)));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(driver.webhooks(order)).isNotEmpty().doesNotContain("PENDING"));

        Driver.Answer refund = driver.refund(order, """
            {"cancelReason":"싫어요","cancelAmount":1000,
             "refundReceiveAccount":{"bank":"20","accountNumber":"%s","holderName":"김토스"}}
            """.formatted(ACCOUNT));
        assertThat(refund.status()).as(refund.body().toString()).isEqualTo(200);
        assertThat(driver.incidents(order)).containsExactly("CASH_RECEIPT_FAILED");
        assertThat(driver.get("/api/payments/" + order).status()).isEqualTo(200);
    }

    /** Toss's answer broke off, and so it stands in no object of ours; its text does in an exception. */
    private void payWithAnswersNobodyCanRead() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = authenticated(order);
        String cut =
                "{\"secret\":\"%s\",\"card\":{\"number\":\"%s\"},\"cashReceipt\":{\"customerIdentityNumber\":\"%s\""
                        .formatted(WEBHOOK_SECRET, CARD, RECEIPT_NUMBER);
        toss.next(order, new TossStub.Fault.Bytes(200, cut), new TossStub.Fault.Bytes(500, cut));
        assertThat(driver.confirm(order, key).status()).isEqualTo(202);
        driver.awaitStatus(order, "PAID");
    }

    /** One of which Toss is heard, one that nobody knows about yet, and one with a number that is none. */
    private void issueReceipts() {
        String body = "{\"type\":\"소득공제\",\"customerIdentityNumber\":\"%s\"}".formatted(RECEIPT_NUMBER);
        OrderId issued = aPaidTransfer();
        assertThat(driver.issueReceipt(issued, body).status()).isEqualTo(200);
        OrderId unknown = aPaidTransfer();
        toss.nextReceipt(
                unknown,
                new TossStub.Fault.Bytes(500, "{\"code\":\"PROVIDER_ERROR\",\"message\":\"" + RECEIPT_NUMBER + "\"}"),
                new TossStub.Fault.Bytes(400, "{\"code\":\"" + RECEIPT_NUMBER + "\",\"message\":\"x\"}"),
                new TossStub.Fault.Bytes(200, "{\"customerIdentityNumber\":\"" + RECEIPT_NUMBER));
        assertThat(driver.issueReceipt(unknown, body).status()).isIn(200, 202);
        assertThat(driver.issueReceipt(unknown, body.replace("소득공제", "지출증빙")).status())
                .isEqualTo(400);
        assertThat(driver.issueReceipt(unknown, "{\"customerIdentityNumber\":" + RECEIPT_NUMBER)
                        .status())
                .isEqualTo(400);
    }

    private OrderId aPaidTransfer() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.change(key, payment -> payment.put("method", "계좌이체").putNull("card"));
        assertThat(driver.confirm(order, key).status()).isEqualTo(200);
        return order;
    }

    private PaymentKey authenticated(OrderId order) {
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        toss.change(key, payment -> {
            payment.put("secret", WEBHOOK_SECRET);
            payment.withObjectProperty("card").put("number", CARD);
            payment.putObject("cashReceipt")
                    .put("type", "소득공제")
                    .put("receiptKey", "rk-" + order)
                    .put("issueNumber", "240015772")
                    .put("amount", Driver.AMOUNT)
                    .put("customerIdentityNumber", RECEIPT_NUMBER);
            ObjectNode receipt = payment.putArray("cashReceipts").addObject();
            receipt.put("receiptKey", "rk-" + order)
                    .put("type", "소득공제")
                    .put("transactionType", "CONFIRM")
                    .put("amount", Driver.AMOUNT)
                    .put("issueStatus", "FAILED")
                    .put("customerIdentityNumber", RECEIPT_NUMBER)
                    .put("requestedAt", "2026-01-05T12:00:32+09:00");
            receipt.putObject("failure").put("code", "NTS_ERROR").put("message", "[TS1] " + RECEIPT_NUMBER);
            return payment;
        });
        return key;
    }

    private List<Canary> registerChargeAndRemove() {
        String customerKey =
                driver.post("/api/billing-methods/toss/window", "{}").text("customerKey");
        String authKey = toss.agreed(customerKey);
        String body = "{\"authKey\":\"%s\",\"customerKey\":\"%s\"}".formatted(authKey, customerKey);
        toss.next(authKey, new TossStub.Fault.Bytes(200, "{\"billingKey\":\"" + authKey));
        assertThat(driver.post("/api/billing-methods", body).status()).isEqualTo(503);
        Driver.Answer registered = driver.post("/api/billing-methods", body);
        assertThat(registered.status()).as(registered.body().toString()).isEqualTo(201);
        String method = registered.text("billingMethodId");

        UUID charge = ids.next();
        OrderId order = new OrderId("chg_" + charge.toString().replace("-", ""));
        driver.sendCharge(charge, method, "default", 29_000);
        driver.awaitStatus(order, "PAID");
        String path = toss.charges(order).getFirst().path();
        String billingKey = path.substring(path.lastIndexOf('/') + 1).replace("%3D", "");

        assertThat(driver.delete("/api/billing-methods/" + method).status()).isEqualTo(204);
        await().atMost(PATIENCE)
                .until(() -> driver.get("/api/billing-methods/" + method).text("status"), "removed"::equals);
        driver.sendKeyRemoved(
                new BillingKey(path.substring(path.lastIndexOf('/') + 1).replace("%3D", "=")));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                texts("SELECT outcome FROM toss_webhook_all WHERE event_type = 'BILLING_DELETED'"))
                        .contains("ALREADY_KNOWN"));
        return List.of(new Canary("authKey", authKey), new Canary("billing key", billingKey));
    }

    /** One that is taken, and lines that are refused. */
    private Canary importKeys() {
        String key = "CanaryBillingKeyBroughtAlong0001";
        String line = """
            {"tenantId":"acme","customerKey":"customer-of-acme","billingKey":"%s","method":"카드","number":"94100012****789*"}
            """.formatted(key);
        Driver.Answer answer = driver.importKeys(line
                + line.replace("acme\"", "globex\"")
                + line.replace("}", "")
                + line.replace("\"method\"", "\"" + key + "\""));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().path("imported").intValue()).isOne();
        assertThat(answer.body().path("errors")).hasSize(3);
        assertThat(answer.body().toString()).doesNotContain(key);
        return new Canary("billing key that was brought along", key);
    }

    /** Bodies that break off, with what must not be repeated to anybody. */
    private void sendWhatCannotBeRead() {
        OrderId order = driver.anOrderId();
        assertThat(driver.refund(order, "{\"refundReceiveAccount\":{\"accountNumber\":\"" + ACCOUNT)
                        .status())
                .isEqualTo(400);
        assertThat(driver.refund(order, "{\"cancelAmount\":\"" + ACCOUNT + "\"}")
                        .status())
                .isEqualTo(400);
    }

    /** What the search has to find, or it would find nothing else either. */
    private void plant(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        log.info("Planted: {}", Base64.getEncoder().encodeToString(bytes));
        jdbc.sql("CREATE SCHEMA planted").update();
        jdbc.sql("CREATE TABLE planted.anything (id int, said text, kept bytea, more jsonb)")
                .update();
        jdbc.sql("INSERT INTO planted.anything VALUES (1, ?, NULL, NULL), (2, ?, NULL, NULL), (3, NULL, ?, NULL),"
                        + " (4, NULL, NULL, ?::jsonb)")
                .param("before " + value)
                .param(Base64.getEncoder().encodeToString(("x" + value).getBytes(StandardCharsets.US_ASCII)))
                .param(bytes)
                .param("{\"deep\": [\"" + value + "\"]}")
                .update();
        byte[] nothing = {};
        kafka.send(new ProducerRecord<>("payment.events-dlt", bytes, nothing)).join();
        kafka.send(new ProducerRecord<>(
                        "payment.events-dlt",
                        nothing,
                        HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII)))
                .join();
        ProducerRecord<byte[], byte[]> headed = new ProducerRecord<>("payment.events-dlt", nothing, nothing);
        headed.headers().add("said", bytes);
        kafka.send(headed).join();
    }

    private List<String> everyRow() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return HeldText.rows(connection);
        }
    }

    private List<String> texts(String sql) {
        return jdbc.sql(sql)
                .query((row, _) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }
}
