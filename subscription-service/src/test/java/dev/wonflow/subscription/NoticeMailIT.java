package dev.wonflow.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.notice.Notice;
import dev.wonflow.subscription.notice.NoticeData;
import dev.wonflow.subscription.notice.RequestNotice;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.server.RealServers;
import dev.wonflow.testsupport.server.TcpGate;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a request in a transaction to the mail in a mailbox: PostgreSQL, Kafka and a mail server are real. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "wonflow.notice.mail.from=에이크미 <billing@wonflow.example>",
            "wonflow.notice.mail.service-name=에이크미",
            "wonflow.notice.mail.billing-page=https://acme.example/settings/billing",
            "wonflow.notice.mail.poll-interval=100ms"
        })
@RealServers
class NoticeMailIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-03-15T00:00:00Z");

    private static final JsonMapper JSON = new JsonMapper();

    private static final GreenMail MAILBOXES =
            new GreenMail(new ServerSetup(TcpGate.closed().port(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private final HttpClient http = HttpClient.newHttpClient();
    private final String tenant = "tenant-" + UUID.randomUUID();
    private final int port;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final RequestNotice requestNotice;
    private final MutableClock clock;

    @Autowired
    NoticeMailIT(
            @Value("${local.server.port}") int port,
            JdbcClient jdbc,
            TransactionOperations transaction,
            RequestNotice requestNotice,
            MutableClock clock) {
        this.port = port;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.requestNotice = requestNotice;
        this.clock = clock;
    }

    @TestConfiguration
    static class Surroundings {

        @Bean
        MutableClock clock() {
            return new MutableClock(NOW);
        }
    }

    @DynamicPropertySource
    static void start_the_mail_server(DynamicPropertyRegistry properties) {
        MAILBOXES.start();
        properties.add("spring.mail.host", () -> "127.0.0.1");
        properties.add("spring.mail.port", () -> MAILBOXES.getSmtp().getPort());
    }

    @AfterAll
    static void stop_the_mail_server() {
        MAILBOXES.stop();
    }

    @Test
    void notice_is_mailed_once_however_often_it_is_requested() throws Exception {
        putContact("ko");

        request("inv-1", new NoticeData.PaymentFailed("팀", Money.ofWon(29_000), "REJECT_CARD_PAYMENT", NOW));
        request("inv-1", new NoticeData.PaymentFailed("팀", Money.ofWon(29_000), "EXCEED_MAX_AMOUNT", NOW));
        request("inv-1", new NoticeData.Restricted("팀", Money.ofWon(29_000), null));

        List<MimeMessage> mails = awaitMails(2);
        MimeMessage first = ofSubject(mails, "결제가 되지 않았습니다");
        assertThat(first.getSubject()).isEqualTo("[에이크미] 팀 요금제 결제가 되지 않았습니다");
        assertThat(first.getFrom()[0]).hasToString("=?UTF-8?B?7JeQ7J207YGs66+4?= <billing@wonflow.example>");
        assertThat(first.getSentDate().toInstant()).isEqualTo(NOW);
        assertThat(text(first))
                .contains("팀 요금제의 29,000원 결제가 승인되지 않았습니다.", "2026년 3월 15일 09:00에 다시 결제를 시도합니다.")
                .endsWith(
                        "에이크미\n결제 관리: https://acme.example/settings/billing\n이 메일은 결제와 이용에 관한 안내이며, 수신을 거부할 수 없습니다.\n");
        assertThat(text(ofSubject(mails, "제한되었습니다"))).doesNotContain("정지됩니다");
        assertThat(outcomes()).containsExactly("SENT", "SENT");
        assertThat(told()).isEqualTo(2);
    }

    @Test
    void notice_of_a_transaction_that_rolls_back_is_told_to_nobody() throws Exception {
        putContact("en");

        transaction.executeWithoutResult(status -> {
            requestNotice.once(tenant + "/1", new TenantId(tenant), new NoticeData.Canceled("Team", NOW));
            status.setRollbackOnly();
        });
        request("2", new NoticeData.Canceled("Team", NOW));

        assertThat(awaitMails(1))
                .singleElement()
                .satisfies(mail -> assertThat(text(mail)).contains("You can use it until 15 March 2026, 09:00 KST."));
        assertThat(told()).isEqualTo(1);
    }

    @Test
    void notices_of_a_batch_are_told_once_each_and_outside_a_transaction_not_at_all() throws Exception {
        putContact("ko");
        List<Notice> batch = IntStream.of(1, 2, 1, 3)
                .mapToObj(n -> new Notice(tenant + "/" + n, new TenantId(tenant), new NoticeData.Canceled("팀", NOW)))
                .toList();

        assertThatThrownBy(() -> requestNotice.onceEach(batch)).hasMessageContaining("transaction");
        transaction.executeWithoutResult(_ -> requestNotice.onceEach(batch));

        assertThat(awaitMails(3)).hasSize(3);
        assertThat(told()).isEqualTo(3);
    }

    @Test
    void mail_server_that_was_away_gets_each_mail_once_when_it_is_back() throws Exception {
        putContact("ko");
        MAILBOXES.stop();
        try {
            request("1", new NoticeData.Canceled("팀", NOW));
            await("the first attempt has failed").atMost(LIMIT).until(() -> failures() > 0);
        } finally {
            MAILBOXES.start();
        }

        clock.advance(Duration.ofMinutes(10));

        assertThat(awaitMails(1)).hasSize(1);
        assertThat(outcomes()).containsExactly("SENT");
    }

    @Test
    void tenant_without_contact_is_not_written_to_and_the_next_mail_goes_to_a_contact_told_meanwhile()
            throws Exception {
        request("1", new NoticeData.Canceled("팀", NOW));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(outcomes()).containsExactly("NO_ADDRESS"));

        putContact("en");
        request("2", new NoticeData.Canceled("Team", NOW));

        assertThat(awaitMails(1))
                .singleElement()
                .satisfies(mail ->
                        assertThat(mail.getSubject()).isEqualTo("[에이크미] Your subscription to Team is canceled"));
    }

    @Test
    void contact_is_shown_as_it_was_told_and_the_address_is_not_in_the_audit_trail() throws Exception {
        assertThat(contact("GET", "tenant:billing:read", "").statusCode()).isEqualTo(404);
        assertThat(contact("GET", "tenant:billing:read", "").body()).contains("\"code\":\"billing.contact-not-found\"");

        HttpResponse<String> told = putContact("en");
        HttpResponse<String> shown = contact("GET", "tenant:billing:read", "");

        assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
        assertThat(shown.body()).isEqualTo(told.body());
        assertThat(JSON.readTree(shown.body())).isEqualTo(JSON.readTree("""
            {"email": "%s", "locale": "en"}
            """.formatted(address())));
        assertThat(jdbc.sql("SELECT action || ' ' || after::text FROM audit_entry WHERE tenant_id = :tenant")
                        .param("tenant", tenant)
                        .query(String.class)
                        .list())
                .containsExactly("billing-contact.change {\"locale\": \"en\"}");
    }

    @Test
    void contact_that_is_none_is_refused() throws Exception {
        for (String body : List.of(
                "{}",
                "{\"email\": \"nobody\"}",
                "{\"email\": \"%s\", \"locale\": \"fr\"}".formatted(address()),
                "{\"email\": \"%s\\nBcc: all@example.com\"}".formatted(address()))) {
            HttpResponse<String> refused = contact("PUT", "tenant:billing", body);

            assertThat(refused.statusCode()).as(body).isEqualTo(400);
            assertThat(refused.body()).contains("\"code\":\"request.invalid\"");
        }
        assertThat(contact("GET", "tenant:billing:read", "").statusCode()).isEqualTo(404);
    }

    @Test
    void tenant_reads_again_what_it_was_told_newest_first_and_page_by_page() throws Exception {
        request("1", new NoticeData.Canceled("팀", NOW));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(outcomes()).containsExactly("NO_ADDRESS"));
        putContact("ko");
        request(
                "2",
                new NoticeData.Paid(
                        "팀", "2026-000042", Money.ofWon(3_000_000_000L), Money.ofWon(272_727_273L), NOW, NOW));
        awaitMails(1);
        request("3", new NoticeData.PaymentFailed("팀", Money.ofWon(29_000), null, null));
        awaitMails(2);

        JsonNode all = notices("");
        JsonNode first = notices("?limit=2");
        JsonNode second = notices("?limit=2&cursor=" + first.get("next").stringValue());

        assertThat(all.get("data"))
                .extracting(
                        notice -> notice.get("subject").stringValue(),
                        notice -> notice.get("mail").stringValue())
                .containsExactly(
                        tuple(tenant + "/3", "sent"), tuple(tenant + "/2", "sent"), tuple(tenant + "/1", "no_address"));
        assertThat(all.get("next").isNull()).isTrue();
        assertThat(all.get("data").get(1).get("kind").stringValue()).isEqualTo("paid");
        assertThat(all.get("data").get(1).get("data")).isEqualTo(JSON.readTree("""
            {"planName": "팀", "invoiceNumber": "2026-000042", "amount": 3000000000, "vat": 272727273,
             "paidAt": "2026-03-15T00:00:00Z", "planExpiresAt": "2026-03-15T00:00:00Z"}
            """));
        assertThat(all.get("data").get(0).get("data")).isEqualTo(JSON.readTree("""
            {"planName": "팀", "amount": 29000}
            """));
        assertThat(all.get("data").get(1).get("noticeId").stringValue()).isEqualTo(idOf(ofSubject(mails(), "영수증")));
        assertThat(List.of(
                        first.get("data").get(0),
                        first.get("data").get(1),
                        second.get("data").get(0)))
                .isEqualTo(all.get("data").values().stream().toList());
        assertThat(second.get("next").isNull()).isTrue();
    }

    @Test
    void nobody_reads_what_another_tenant_was_told() throws Exception {
        request("1", new NoticeData.Canceled("팀", NOW));

        HttpResponse<String> others =
                get("/api/notices", TokenIssuer.shared().token("tenant-" + UUID.randomUUID(), "tenant:billing:read"));

        assertThat(JSON.readTree(others.body())).isEqualTo(JSON.readTree("{\"data\": [], \"next\": null}"));
        assertThat(notices("").get("data")).hasSize(1);
    }

    private JsonNode notices(String query) throws Exception {
        HttpResponse<String> answer =
                get("/api/notices" + query, TokenIssuer.shared().token(tenant, "tenant:billing:read"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    private static String idOf(MimeMessage mail) throws MessagingException {
        return mail.getMessageID().replaceAll("[<]|@.*", "");
    }

    private void request(String subject, NoticeData data) {
        transaction.executeWithoutResult(_ -> requestNotice.once(tenant + "/" + subject, new TenantId(tenant), data));
    }

    private String address() {
        return tenant + "@mail.example";
    }

    private HttpResponse<String> putContact(String locale) throws Exception {
        return contact("PUT", "tenant:billing", "{\"email\": \"%s\", \"locale\": \"%s\"}".formatted(address(), locale));
    }

    private HttpResponse<String> contact(String method, String permission, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/billing-contact"))
                        .header(
                                "Authorization",
                                "Bearer " + TokenIssuer.shared().token(tenant, permission))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    private List<MimeMessage> awaitMails(int count) {
        List<MimeMessage> mails = await().atMost(LIMIT).until(this::mails, found -> found.size() >= count);
        // All is settled, so no further mail is on its way.
        await().atMost(LIMIT)
                .until(() ->
                        jdbc.sql("""
            SELECT count(*) FROM notice_mail WHERE tenant_id = :tenant AND outcome IS NULL
            """).param("tenant", tenant).query(Long.class).single() == 0
                                && outcomes().size() == told());
        assertThat(mails()).hasSize(count);
        return mails;
    }

    private List<MimeMessage> mails() {
        return Arrays.stream(MAILBOXES.getReceivedMessages())
                .filter(mail -> address().equals(to(mail)))
                .toList();
    }

    private static String to(MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MimeMessage ofSubject(List<MimeMessage> mails, String part) throws MessagingException {
        for (MimeMessage mail : mails) {
            if (mail.getSubject().contains(part)) {
                return mail;
            }
        }
        throw new AssertionError("no mail about " + part);
    }

    private static String text(MimeMessage mail) throws MessagingException, IOException {
        return ((String) mail.getContent()).replace("\r\n", "\n");
    }

    private List<String> outcomes() {
        return jdbc.sql("SELECT outcome FROM notice_mail WHERE tenant_id = :tenant AND outcome IS NOT NULL")
                .param("tenant", tenant)
                .query((row, _) -> row.getString("outcome"))
                .list();
    }

    private int told() {
        return jdbc.sql("SELECT count(*)::int FROM notice WHERE tenant_id = :tenant")
                .param("tenant", tenant)
                .query(Integer.class)
                .single();
    }

    private int failures() {
        return jdbc.sql("""
            SELECT coalesce(max(failures), 0) FROM work JOIN notice_mail ON id = CAST(notice_id AS text)
            WHERE tenant_id = :tenant
            """).param("tenant", tenant).query(Integer.class).single();
    }
}
