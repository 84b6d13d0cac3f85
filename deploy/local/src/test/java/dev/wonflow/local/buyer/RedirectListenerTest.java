package dev.wonflow.local.buyer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.local.buyer.TossWindow.Redirect;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedirectListenerTest {

    @Test
    void buyer_who_comes_back_brings_the_parameters_of_toss() throws IOException, InterruptedException {
        try (RedirectListener listener = RedirectListener.start()) {
            int status = visit(listener.url()
                    + "/fail?order=ord_1&code=PAY_PROCESS_CANCELED&message=%EC%B7%A8%EC%86%8C+%EB%90%A8&empty=");

            Redirect redirect = listener.await(Duration.ofSeconds(30)).orElseThrow();
            assertThat(status).isEqualTo(200);
            assertThat(redirect.path()).isEqualTo("/fail");
            assertThat(redirect.parameter("order")).isEqualTo("ord_1");
            assertThat(redirect.parameter("message")).isEqualTo("취소 됨");
            assertThat(redirect.parameter("orderId")).isEmpty();
        }
    }

    @Test
    void what_else_a_browser_asks_for_is_not_the_buyer() throws IOException, InterruptedException {
        try (RedirectListener listener = RedirectListener.start()) {
            assertThat(visit(listener.url() + "/favicon.ico")).isEqualTo(404);
            assertThat(listener.await(Duration.ofMillis(100))).isEmpty();
        }
    }

    private static int visit(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
