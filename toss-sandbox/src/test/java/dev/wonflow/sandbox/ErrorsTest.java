package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void an_unknown_path_is_not_found() {
        Answer answer = sandbox.get("/v1/payments/a/b/c/d");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"code\":\"NOT_FOUND\",\"message\":\"존재하지 않는 정보 입니다.\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void an_unknown_method_is_not_found_either(String method) {
        Answer answer = sandbox.send(sandbox.toss("/v1/payments/confirm").method(method, BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("code")).isEqualTo("NOT_FOUND_HTTP_METHOD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"text\"",
                "{}",
                "{\"paymentKey\": \"k\"}",
                "{\"paymentKey\": 1.5, \"orderId\": \"order-0\", \"amount\": 1}",
                "{\"paymentKey\": \"k\", \"orderId\": 1234567, \"amount\": 1}",
                "{\"paymentKey\": \"k\", \"orderId\": null, \"amount\": 1}",
                "{\"paymentKey\": \"k\", \"orderId\": \"order-0\", \"amount\": {}}",
                "{\"paymentKey\": \"k\", \"orderId\": \"order-0\", \"amount\": true}",
                "{\"paymentKey\": \"k\", \"orderId\": \"order-0\", \"amount\": \"1,000\"}",
                "{\"paymentKey\": \"k\", \"orderId\": \"order-0\", \"amount\": \"\"}",
                "{\"paymentKey\": \"k\", \"orderId\": \"order-0\", \"amount\": 1.5}",
                "{\"paymentKey\": \"k\", \"orderId\": \"order-0\", \"amount\": 1e999999999}",
                "{\"paymentKey\": \"k\", \"orderId\": \"order-0\", \"amount\": 99999999999999999999}"
            })
    void a_body_that_is_not_what_it_should_be_is_a_bad_request(String body) {
        Answer answer = sandbox.post("/v1/payments/confirm", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"code\":\"INVALID_REQUEST\",\"message\":\"잘못된 요청입니다.\"}");
    }

    @Test
    void a_body_that_is_not_utf_8_is_a_bad_request() {
        byte[] cp949 = {'{', '"', 'a', '"', ':', '"', (byte) 0xb8, (byte) 0xd3, '"', '}'};

        Answer answer = sandbox.send(sandbox.toss("/v1/payments/confirm").POST(BodyPublishers.ofByteArray(cp949)));

        assertThat(answer.text("code")).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void a_body_without_end_is_a_bad_request() {
        Answer answer = sandbox.post("/v1/payments/confirm", "{\"a\": \"" + "x".repeat(300_000) + "\"}");

        assertThat(answer.text("code")).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void a_deeply_nested_body_is_a_bad_request() {
        assertThat(sandbox.post("/v1/payments/confirm", "[".repeat(100_000)).text("code"))
                .isEqualTo("INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/plain", "application/x-www-form-urlencoded"})
    void the_content_type_and_accept_are_not_looked_at(String type) {
        String paymentKey = sandbox.authenticated(orderId);

        Answer answer = sandbox.confirm(paymentKey, orderId, "Content-Type", type, "Accept", type);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).startsWith("application/json");
    }

    @Test
    void messages_are_english_when_english_is_preferred() {
        Answer english = sandbox.post("/v1/payments/confirm", "{", "Accept-Language", "en-US");
        Answer french = sandbox.post("/v1/payments/confirm", "{", "Accept-Language", "fr");
        Answer garbage = sandbox.post("/v1/payments/confirm", "{", "Accept-Language", ";;;q=x");

        assertThat(english.text("message")).isEqualTo("The bad request.");
        assertThat(french.text("message")).isEqualTo("잘못된 요청입니다.");
        assertThat(garbage.text("message")).isEqualTo("잘못된 요청입니다.");
    }

    @Test
    void every_answer_has_a_trace_id_of_its_own() {
        Answer one = sandbox.get("/v1/payments/nothing");
        Answer two = sandbox.get("/v1/payments/nothing");

        assertThat(one.header("x-tosspayments-trace-id")).matches("[0-9a-f]{32}");
        assertThat(two.header("x-tosspayments-trace-id")).isNotEqualTo(one.header("x-tosspayments-trace-id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/payments/%2F HTTP/1.1",
                "GET /v1/payments/%zz HTTP/1.1",
                "GET /v1/payments/a|b HTTP/1.1",
                "GET /v1/../../etc/passwd HTTP/1.1",
                "TRACE /v1/payments/confirm HTTP/1.1",
                "NONSENSE /v1/payments/confirm HTTP/1.1"
            })
    void what_the_server_itself_refuses_has_the_shape_of_toss(String requestLine) throws IOException {
        String answer = raw(requestLine);

        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|404) .*\\{\"code\":\"[A-Z_]+\",\"message\":\"[^\"]+\"}.*");
        assertThat(answer).doesNotContain("<html", "Tomcat", "Exception");
    }

    private String raw(String requestLine) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write((requestLine + "\r\nHost: 127.0.0.1\r\nAuthorization: "
                            + RunningSandbox.basic(RunningSandbox.SECRET_KEY)
                            + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
