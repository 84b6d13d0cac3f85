package dev.wonflow.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.access.TestToken;
import dev.wonflow.testsupport.access.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What is let in, by an issuer that comes, goes, and changes its keys. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SignInTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static TokenIssuer issuer;
    private static ConfigurableApplicationContext shop;

    @BeforeAll
    static void start_before_the_issuer() {
        issuer = TokenIssuer.start();
        issuer.goAway();
        shop = new SpringApplicationBuilder(Shop.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.web.resources.add-mappings=false",
                        "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer.uri());
    }

    @AfterAll
    static void stop() {
        shop.close();
        issuer.close();
    }

    @Test
    @Order(1)
    void issuer_that_was_never_there_is_a_503_and_no_verdict_about_the_token() {
        HttpResponse<String> answer = get(token().signed());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).contains("2");
        assertThat(answer.headers().firstValue("www-authenticate")).isEmpty();
        assertThat(answer.body()).contains("\"code\":\"access.keys-unavailable\"");

        issuer.comeBack();
        Awaitility.await("the issuer is back")
                .atMost(LIMIT)
                .until(() -> get(token().signed()).statusCode() == 200);
    }

    @Test
    @Order(2)
    void caller_is_who_the_token_says() {
        assertThat(get(token().signed()).body())
                .isEqualTo("{\"tenant\":\"acme\",\"subject\":\"test\",\"client\":\"test\"}");
        assertThat(get(token().tenant("한빛 스튜디오")
                                .without("client_id")
                                .with("azp", "shop")
                                .signed())
                        .body())
                .isEqualTo("{\"tenant\":\"한빛 스튜디오\",\"subject\":\"test\",\"client\":\"shop\"}");
        assertThat(get(token().without("client_id").signed()).body()).contains("\"client\":null");
    }

    @Test
    @Order(2)
    void clocks_may_differ_by_less_than_half_a_minute() {
        assertThat(get(token().expired(Duration.ofSeconds(15)).signed()).statusCode())
                .isEqualTo(200);
        assertThat(get(token().notBefore(Duration.ofSeconds(15)).signed()).statusCode())
                .isEqualTo(200);

        HttpResponse<String> expired =
                get(token().expired(Duration.ofSeconds(31)).signed());
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(expired.body()).contains("\"code\":\"access.token-expired\"");
        assertThat(get(token().notBefore(Duration.ofSeconds(60)).signed()).body())
                .contains("\"code\":\"access.token-invalid\"");
    }

    @Test
    @Order(2)
    void expired_token_of_someone_else_is_not_called_expired() {
        assertThat(get(token().expired(Duration.ofHours(1))
                                .with("aud", List.of("another"))
                                .signed())
                        .body())
                .contains("\"code\":\"access.token-invalid\"");
    }

    @Test
    @Order(2)
    void access_tokens_of_many_providers_are_taken() {
        for (TestToken good : List.of(
                token().type("at+jwt"),
                token().type("application/at+jwt"),
                token().type("JWT"),
                token().type(null),
                token().keyId(null),
                token().with("aud", "wonflow"),
                token().with("aud", List.of("another", "wonflow")),
                token().with("typ", "Bearer"))) {
            assertThat(get(good.signed()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    @Order(3)
    void issuer_may_change_its_key_and_go_away() {
        assertThat(get(token().signed()).statusCode()).isEqualTo(200);
        String old = token().signed();
        issuer.rotate();
        String fresh = token().signed();

        assertThat(get(fresh).statusCode()).as("the first request with it").isEqualTo(200);
        issuer.goAway();

        assertThat(get(fresh).statusCode()).isEqualTo(200);
        assertThat(get(old).statusCode()).isEqualTo(200);
    }

    @Test
    @Order(4)
    void made_up_keys_make_nobody_ask_the_issuer() {
        int before = issuer.questions();
        long start = System.nanoTime();

        for (int i = 0; i < 200; i++) {
            assertThat(get(token().keyId("made-up-" + i).signed()).statusCode()).isIn(401, 503);
        }

        long pauses = (System.nanoTime() - start) / IssuerKeys.PAUSE.toNanos();
        assertThat((long) issuer.questions() - before).isLessThanOrEqualTo(IssuerKeys.AT_ONCE + pauses + 1);
        assertThat(get(token().signed()).statusCode()).isEqualTo(200);
    }

    private static TestToken token() {
        return issuer.token().tenant("acme").permissions("mug:read");
    }

    private static HttpResponse<String> get(String token) {
        return HTTP.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                        + shop.getEnvironment().getProperty("local.server.port") + "/mugs/1"))
                                .header("authorization", "Bearer " + token)
                                .timeout(LIMIT)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .join();
    }
}
