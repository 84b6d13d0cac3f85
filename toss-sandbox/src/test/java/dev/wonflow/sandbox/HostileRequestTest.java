package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests no decent client sends: each gets an answer of Toss's shape, and none has an effect. */
class HostileRequestTest {

    private static final String TOSS_ERROR = "\\{\"code\":\"[A-Z_]+\",\"message\":\"[^\"]+\"}";
    private static final String TOSS_ERROR_OF_V2 =
            "\\{\"version\":\"[0-9-]+\",\"traceId\":\"[0-9a-f]{32}\",\"entityType\":null,\"entityBody\":null,\"error\":"
                    + TOSS_ERROR + "}";

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1;a=b/promotions",
                "/v1;/promotions",
                "/%76%31/promotions",
                "/%76%31/payments/nobody",
                "/v2;a=b/balances"
            })
    void another_spelling_of_a_path_does_not_get_around_the_keys(String path) throws IOException {
        assertThat(answer("GET " + path + " HTTP/1.1", "")).startsWith("HTTP/1.1 401 ");
        assertThat(answer("GET " + path + " HTTP/1.1", "Authorization: " + credential() + "\r\n"))
                .matches("(?s)HTTP/1\\.1 404 .*x-tosspayments-trace-id: [0-9a-f]{32}.*\"code\":\"NOT_FOUND\".*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/payments/confirm", "/v1/promotions", "/v2/payouts"})
    void nothing_is_told_about_what_could_be_asked(String path) {
        Answer answer = sandbox.send(sandbox.toss(path).method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("NOT_FOUND_HTTP_METHOD");
        assertThat(answer.header("allow")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1e400",
                "1e-400",
                "9e18",
                "9223372036854775807",
                "-9223372036854775808",
                "1e999999999",
                "0.000000000000000000000000000000000000000001",
                "\"1e999999999\"",
                "\"NaN\"",
                "\"Infinity\"",
                "\"0x10\"",
                "\"３３０００\"",
                "33000.5",
                "[33000]",
                "NaN",
                "01"
            })
    void an_amount_that_is_none_opens_nothing(String amount) {
        Answer refused = sandbox.post(
                "/v1/payments", RunningSandbox.sessionOf(orderId, 33_000).replace("33000", amount));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).matches(TOSS_ERROR);
        assertThat(sandbox.get("/v1/payments/orders/" + orderId).status()).isEqualTo(404);
    }

    @Test
    void the_largest_amount_is_below_ten_trillion_won() {
        assertThat(opened(9_999_999_999_999L).text("status")).isEqualTo("READY");
        assertThat(opened(10_000_000_000_000L).text("code")).isEqualTo("EXCEED_MAX_AMOUNT");
    }

    private Answer opened(long amount) {
        return sandbox.post("/v1/payments", RunningSandbox.sessionOf(orderId, amount));
    }

    /** Half of a character outside of the basic plane: Java holds it, and no UTF-8 can. */
    @Test
    void half_a_character_is_a_bad_request() {
        String half = "\\ud83d";
        assertThat(sandbox.post(
                                "/v1/payments",
                                RunningSandbox.sessionOf(orderId, 33_000).replace("머그컵", half))
                        .text("code"))
                .isEqualTo("INVALID_REQUEST");
        assertThat(sandbox.post(
                                "/v1/payments",
                                RunningSandbox.sessionOf(orderId, 33_000)
                                        .replace("\"method\"", "\"metadata\": {\"" + half + "\": \"a\"}, \"method\""))
                        .text("code"))
                .isEqualTo("INVALID_REQUEST");
        assertThat(sandbox.post("/v2/sellers", "{\"refSellerId\": \"" + half + "\"}")
                        .json()
                        .at("/error/code")
                        .asString())
                .isEqualTo("INVALID_REQUEST");
        assertThat(sandbox.post(
                                "/v1/payments",
                                RunningSandbox.sessionOf(orderId, 33_000).replace("머그컵", "\\ud83d\\ude00"))
                        .text("orderName"))
                .isEqualTo("😀 외 1건");
    }

    @Test
    void korean_in_another_charset_has_no_effect_whatever_its_header_says() {
        byte[] body = RunningSandbox.sessionOf(orderId, 33_000).getBytes(Charset.forName("EUC-KR"));

        Answer answer = sandbox.send(sandbox.toss("/v1/payments")
                .header("Content-Type", "application/json; charset=EUC-KR")
                .POST(BodyPublishers.ofByteArray(body)));

        assertThat(answer.text("code")).isEqualTo("INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "application/json; charset=klingon", "application/json;;", "*/*", "a/b/c"})
    void a_content_type_that_is_none_is_not_looked_at(String type) throws IOException {
        byte[] body = RunningSandbox.sessionOf(orderId, 33_000).getBytes(StandardCharsets.UTF_8);

        assertThat(answer(
                        "POST /v1/payments HTTP/1.1",
                        "Authorization: " + credential() + "\r\nContent-Type: " + type + "\r\n",
                        body))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void a_compressed_body_is_a_bad_request() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(RunningSandbox.sessionOf(orderId, 33_000).getBytes(StandardCharsets.UTF_8));
        }

        Answer answer = sandbox.send(sandbox.toss("/v1/payments")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(compressed.toByteArray())));

        assertThat(answer.text("code")).isEqualTo("INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/payments", "/v1/payments/confirm", "/v2/payouts", "/v1/no/such/path"})
    void ten_megabytes_are_refused_and_not_just_hung_up_on(String path) {
        byte[] body = "x".repeat(10_000_000).getBytes(StandardCharsets.US_ASCII);

        Answer answer = sandbox.send(sandbox.toss(path).POST(BodyPublishers.ofByteArray(body)));
        Answer chunked =
                sandbox.send(sandbox.toss(path).POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body))));

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).contains("\"code\":\"");
        assertThat(chunked.status()).isEqualTo(answer.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /v2/sellers/%zz HTTP/1.1", "GET /v2/sellers/a%2Fb HTTP/1.1", "TRACE /v2/payouts HTTP/1.1"})
    void what_the_server_itself_refuses_under_the_second_version_comes_in_its_envelope(String requestLine)
            throws IOException {
        assertThat(answer(requestLine, "Authorization: " + credential() + "\r\n"))
                .matches("(?s)HTTP/1\\.1 (400|404) .*\r\n\r\n" + TOSS_ERROR_OF_V2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/payments/%zz HTTP/1.1",
                "GET /v1/payments/a%2Fb HTTP/1.1",
                "GET /v1/payments/a%5Cb HTTP/1.1",
                "GET /v1/payments/%00 HTTP/1.1",
                "GET /v1/payments/%ff HTTP/1.1",
                "GET /v1/payments/../../../etc/passwd HTTP/1.1",
                "GET /v1/payments/%2e%2e/%2e%2e/etc/passwd HTTP/1.1",
                "TRACE /v1/payments/confirm HTTP/1.1",
                "GET /v1/payments/nobody HTTP/9.9"
            })
    void even_what_the_server_itself_refuses_has_a_trace_id(String requestLine) throws IOException {
        assertThat(answer(requestLine, "Authorization: " + credential() + "\r\n"))
                .matches("(?s)HTTP/1\\.1 (400|404) .*x-tosspayments-trace-id: [0-9a-f]{32}.*\r\n\r\n" + TOSS_ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/transactions?startDate=%zz&endDate=2026-01-01",
                "/v1/transactions?startDate=%ff&endDate=2026-01-01",
                "/v1/transactions?startDate=2026-01-01&startDate=2026-01-02&endDate=2026-01-03",
                "/v1/transactions?startDate=+999999999-12-31&endDate=%2B999999999-12-31",
                "/v1/transactions?startDate=%2B999999999-12-31&endDate=%2B999999999-12-31T23:59:59&limit=x",
                "/v1/transactions?startDate=2026-01-01&endDate=2026-01-02&limit=99999999999999999999",
                "/v1/settlements?startDate=%zz&endDate=2026-01-01",
                "/v1/cash-receipts?requestDate=2026-01-01&cursor=%zz",
                "/v1/cash-receipts?requestDate=2026-02-30",
                "/v2/sellers?limit=%zz",
                "/v2/payouts?limit=-1"
            })
    void a_query_that_makes_no_sense_is_a_bad_request(String query) throws IOException {
        assertThat(answer("GET " + query + " HTTP/1.1", "Authorization: " + credential() + "\r\n"))
                .matches("(?s)HTTP/1\\.1 400 .*\r\n\r\n(" + TOSS_ERROR + "|" + TOSS_ERROR_OF_V2 + ")");
    }

    @Test
    void a_thousand_parameters_too_many_are_a_bad_request() throws IOException {
        String query = IntStream.range(0, 1_500).mapToObj(i -> "a" + i + "=").collect(Collectors.joining("&"));

        assertThat(answer(
                        "GET /v1/transactions?" + query.substring(0, 7_000) + " HTTP/1.1",
                        "Authorization: " + credential() + "\r\n"))
                .matches("(?s)HTTP/1\\.1 400 .*\r\n\r\n" + TOSS_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Wonflow-Sandbox-Fault: SLOW_AFTER_EFFECT;delay=PT0S\r\n"})
    void a_body_in_broken_pieces_is_a_bad_request(String header) throws IOException {
        assertThat(raw(
                        "POST /v1/payments HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: "
                                + credential() + "\r\n" + header
                                + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n",
                        new byte[0]))
                .matches("(?s)HTTP/1\\.1 400 .*\r\n\r\n" + TOSS_ERROR);
    }

    @Test
    void what_the_server_itself_refuses_is_told_in_english_too() throws IOException {
        assertThat(answer("GET /v1/payments/%zz HTTP/1.1", "Accept-Language: en-US\r\n"))
                .contains("The bad request.");
    }

    @Test
    void headers_of_a_hundred_kilobytes_are_a_bad_request() throws IOException {
        assertThat(answer("GET /v1/payments/nobody HTTP/1.1", "X-Long: " + "x".repeat(100_000) + "\r\n"))
                .matches("(?s)HTTP/1\\.1 400 .*\r\n\r\n" + TOSS_ERROR);
    }

    @Test
    void the_call_log_keeps_the_beginning_of_what_it_is_told() {
        String endless = orderId + "x".repeat(100_000);
        sandbox.post("/v1/payments/confirm", RunningSandbox.confirmOf(endless, endless, 1));

        assertThat(sandbox.get("/control/calls?orderId=" + endless.substring(0, 300))
                        .json())
                .singleElement()
                .satisfies(call -> assertThat(call.toString()).hasSizeLessThan(1_000));

        String path = "/v1/payments/" + endless.substring(0, 5_000);
        String key = endless.substring(0, 2_000);
        sandbox.post(path + "/cancel", "{}", "Idempotency-Key", key);
        sandbox.get(path);
        assertThat(sandbox.get("/control/calls").json().toString()).doesNotContain(endless.substring(0, 400));
    }

    @Test
    void of_a_member_given_twice_the_last_counts() {
        String paymentKey = sandbox.authenticated(orderId);

        Answer confirmed = sandbox.post(
                "/v1/payments/confirm",
                RunningSandbox.confirmOf(paymentKey, orderId, 1).replace("}", ", \"amount\": 33000}"));

        assertThat(confirmed.text("status")).isEqualTo("DONE");
    }

    @Test
    void a_head_is_a_get_without_its_body() {
        String paymentKey = sandbox.authenticated(orderId);

        Answer answer =
                sandbox.send(sandbox.toss("/v1/payments/" + paymentKey).method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    private static String credential() {
        return RunningSandbox.basic(RunningSandbox.SECRET_KEY);
    }

    private String answer(String requestLine, String headers) throws IOException {
        return answer(requestLine, headers, new byte[0]);
    }

    private String answer(String requestLine, String headers, byte[] body) throws IOException {
        return raw(
                requestLine + "\r\nHost: 127.0.0.1\r\n" + headers + "Connection: close\r\nContent-Length: "
                        + body.length + "\r\n\r\n",
                body);
    }

    private String raw(String head, byte[] body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
