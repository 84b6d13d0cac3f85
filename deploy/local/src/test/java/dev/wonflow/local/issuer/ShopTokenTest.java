package dev.wonflow.local.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShopTokenTest {

    private static final String EVERYTHING = String.join(" ", Issuer.OF_SHOPS);

    /** Close to where the clock of a virtual machine may overflow. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

    private final FakeIssuer issuer = FakeIssuer.giving(EVERYTHING);
    private final ShopToken token = new ShopToken(new Issuer(issuer.root()), "globex", nanos::get);

    ShopTokenTest() throws IOException {}

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void token_is_asked_for_once_and_again_before_it_ends() throws InterruptedException {
        issuer.give("first", EVERYTHING, 600);
        assertThat(token.value()).isEqualTo("first");
        nanos.addAndGet(Duration.ofSeconds(569).toNanos());
        assertThat(token.value()).isEqualTo("first");
        assertThat(issuer.asked()).hasSize(1);

        issuer.give("second", EVERYTHING, 600);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(token.value()).isEqualTo("second");
        assertThat(issuer.asked()).hasSize(2);
    }

    @Test
    void shop_says_who_it_is_and_what_it_needs() throws InterruptedException {
        token.value();

        String basic = Base64.getEncoder().encodeToString("globex-shop:globex-shop".getBytes(StandardCharsets.UTF_8));
        assertThat(issuer.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked)
                        .startsWith("Basic " + basic + " ")
                        .contains("grant_type=client_credentials", "scope=tenant%3Abilling+tenant%3Abilling%3Aread+"));
    }
}
