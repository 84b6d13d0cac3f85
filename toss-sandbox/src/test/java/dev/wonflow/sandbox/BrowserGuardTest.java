package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserGuardTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://evil.example",
        "Origin, null"
    })
    void a_page_of_another_site_cannot_work_the_controls_or_the_window(String header, String value) {
        String paymentKey = sandbox.open(RunningSandbox.newOrderId());

        for (String path : new String[] {
            "/control/payments/" + paymentKey + "/authenticate",
            "/window/" + paymentKey + "/approve",
            "/control/clock/advance"
        }) {
            Answer answer = sandbox.post(path, "{\"by\": \"PT31M\"}", header, value);
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.text("code")).isEqualTo("FORBIDDEN_REQUEST");
            assertThat(answer.text("message")).contains("origin: " + value);
        }
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("READY");
    }

    @Test
    void the_own_page_of_the_sandbox_can() {
        String own = sandbox.base().toString();

        assertThat(posted("Origin", own).status()).isEqualTo(200);
        assertThat(posted("Sec-Fetch-Site", "same-origin").status()).isEqualTo(200);
        assertThat(posted("Sec-Fetch-Site", "none").status()).isEqualTo(200);
    }

    @Test
    void a_client_that_is_no_browser_can() {
        String paymentKey = sandbox.open(RunningSandbox.newOrderId());

        assertThat(sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_link_from_another_site_still_opens_the_window() {
        String paymentKey = sandbox.open(RunningSandbox.newOrderId());

        assertThat(sandbox.send(sandbox.request("/window/" + paymentKey).header("Sec-Fetch-Site", "cross-site"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_page_of_another_site_cannot_hold_the_feed_open_but_a_link_may_lead_to_the_controls() {
        assertThat(sandbox.send(sandbox.request("/control/webhooks/feed").header("Sec-Fetch-Site", "cross-site"))
                        .status())
                .isEqualTo(403);
        assertThat(sandbox.send(sandbox.request("/control/clock")
                                .header("Sec-Fetch-Site", "cross-site")
                                .header("Sec-Fetch-Mode", "navigate"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_api_of_toss_asks_for_a_key_and_for_nothing_else() {
        HttpRequest.Builder request = sandbox.toss("/v1/payments/nobody").header("Origin", "https://shop.example");

        assertThat(sandbox.send(request).text("code")).isEqualTo("NOT_FOUND_PAYMENT");
    }

    /** A name of an attacker's own can be made to mean 127.0.0.1 after the page was loaded. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebound.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "js.tosspayments.com.evil.example"
            })
    void a_browser_that_knows_this_machine_by_another_name_sees_nothing(String host) throws IOException {
        assertThat(raw(host, "Sec-Fetch-Site: same-origin\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("host: " + host);
        assertThat(raw(host, "")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:18080",
                "shop.localhost",
                "127.0.0.1:1",
                "192.168.0.7",
                "[::1]:18080",
                "api.tosspayments.com",
                "js.tosspayments.com"
            })
    void a_browser_on_this_machine_or_by_numbers_or_by_the_names_of_toss_sees_the_controls(String host)
            throws IOException {
        assertThat(raw(host, "Sec-Fetch-Site: same-origin\r\n")).startsWith("HTTP/1.1 200");
    }

    /** What begins like Toss's API needs a key and no guard, so nothing that begins so may lead to the controls. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/..;/control/clock",
                "/v1/%2e%2e/control/clock",
                "/v1/../control/clock",
                "/sdk/..;x=1/control/clock",
                "/sdk/../control/clock",
                "/v1;/../control/clock"
            })
    void no_spelling_of_an_open_path_leads_to_the_controls(String path) throws IOException {
        assertThat(raw(sandbox, path, "localhost", "Sec-Fetch-Site: cross-site\r\nOrigin: https://evil.example\r\n"))
                .doesNotContain("\"ahead\"");
    }

    @Test
    void a_name_of_the_settings_is_as_good_as_localhost() throws IOException {
        try (RunningSandbox named = RunningSandbox.start("wonflow.sandbox.browser-hosts=toss-sandbox")) {
            assertThat(raw(named, "toss-sandbox:18080", "Sec-Fetch-Site: same-origin\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    private Answer posted(String header, String value) {
        String paymentKey = sandbox.open(RunningSandbox.newOrderId());
        return sandbox.post("/control/payments/" + paymentKey + "/authenticate", "{}", header, value);
    }

    private String raw(String host, String headers) throws IOException {
        return raw(sandbox, host, headers);
    }

    /** Java's client does not let anybody choose the Host header. */
    private static String raw(RunningSandbox sandbox, String host, String headers) throws IOException {
        return raw(sandbox, "/control/clock", host, headers);
    }

    private static String raw(RunningSandbox sandbox, String path, String host, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port());
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
