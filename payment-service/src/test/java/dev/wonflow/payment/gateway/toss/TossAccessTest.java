package dev.wonflow.payment.gateway.toss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.runtime.StartRefused;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class TossAccessTest {

    private static final String TEST_KEY = "test_sk_0123456789";
    private static final String LIVE_KEY = "live_sk_0123456789";
    private static final String TOSS = "https://api.tosspayments.com";
    private static final String SANDBOX = "http://127.0.0.1:18080";

    @ParameterizedTest
    @CsvSource(textBlock = """
        local,      http://127.0.0.1:18080,       test
        local,      https://api.tosspayments.com, test
        preview,    https://api.tosspayments.com, test
        production, https://api.tosspayments.com, live
        PRODUCTION, https://api.tosspayments.com/, live
        """)
    void keys_and_address_of_the_stage_are_taken(String stage, String url, String mode) {
        TossAccess access = TossAccess.from(environment(stage, url, mode + "_gsk_1", mode + "_gck_1"), false);

        assertThat(access.livemode()).isEqualTo(mode.equals("live"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        local      | http://127.0.0.1:18080       | live_sk_1 | live_ck_1 | a live key in stage local
        preview    | https://api.tosspayments.com | live_sk_1 | live_ck_1 | a live key in stage preview
        production | https://api.tosspayments.com | test_sk_1 | test_ck_1 | a test key in stage production
        production | http://127.0.0.1:18080       | live_sk_1 | live_ck_1 | http://127.0.0.1:18080 in stage production
        production | http://api.tosspayments.com  | live_sk_1 | live_ck_1 | http://api.tosspayments.com in stage production
        production | https://toss.example.com     | live_sk_1 | live_ck_1 | https://toss.example.com in stage production
        preview    | http://toss.example.com      | test_sk_1 | test_ck_1 | secret key in clear
        preview    | ftp://toss.example.com       | test_sk_1 | test_ck_1 | not a web address
        local      | http://127.0.0.1:18080       | test_ck_1 | test_ck_1 | TOSS_SECRET_KEY: not a secret key
        local      | http://127.0.0.1:18080       | test_sk_1 | test_sk_2 | TOSS_CLIENT_KEY: not a client key
        local      | http://127.0.0.1:18080       | test_sk_1 | live_ck_1 | not a pair
        local      | http://127.0.0.1:18080       | test_gsk_1 | test_ck_1 | not a pair
        beach      | http://127.0.0.1:18080       | test_sk_1 | test_ck_1 | wonflow.stage: beach
        ''         | https://api.tosspayments.com | test_sk_1 | test_ck_1 | wonflow.stage: not set
        """)
    void service_refuses_to_start_with_what_does_not_belong_together(
            String stage, String url, String secretKey, String clientKey, String reason) {
        MockEnvironment environment = environment(stage, url, secretKey, clientKey);

        assertThatThrownBy(() -> TossAccess.from(environment, false))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("expected: ");
    }

    @Test
    void stage_without_a_name_is_local_if_toss_is_on_this_machine() {
        assertThat(TossAccess.from(environment("", SANDBOX, TEST_KEY, "test_ck_1"), false)
                        .livemode())
                .isFalse();
        assertThatThrownBy(() -> TossAccess.from(environment("", SANDBOX, LIVE_KEY, "live_ck_1"), false))
                .hasMessageContaining("a live key in stage local");
    }

    @Test
    void production_runs_on_a_test_key_only_when_told_so() {
        MockEnvironment environment = environment("production", TOSS, TEST_KEY, "test_ck_1");

        assertThat(TossAccess.from(environment, true).livemode()).isFalse();
    }

    @Test
    void missing_key_is_named_with_its_alias() {
        assertThatThrownBy(() -> TossAccess.from(environment("local", SANDBOX, null, "test_ck_1"), false))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("TOSS_SECRET_KEY: not set")
                .hasMessageContaining("TOSS_PAYMENTS_SECRET_KEY");
    }

    @Test
    void address_is_tosss_own_unless_told_otherwise() {
        MockEnvironment environment = environment("preview", null, TEST_KEY, "test_ck_1");

        assertThat(TossAccess.from(environment, false).baseUrl()).isEqualTo(URI.create(TOSS));
    }

    @Test
    void secret_key_cannot_be_printed() {
        TossAccess access = TossAccess.from(environment("local", SANDBOX, TEST_KEY, "test_ck_1"), false);

        assertThat(access.toString()).doesNotContain(TEST_KEY);
        assertThatThrownBy(() -> TossAccess.from(environment("local", SANDBOX, LIVE_KEY, "live_ck_1"), false))
                .hasMessageNotContaining(LIVE_KEY);
    }

    private static MockEnvironment environment(
            String stage, @Nullable String url, @Nullable String secretKey, String clientKey) {
        MockEnvironment environment =
                new MockEnvironment().withProperty("wonflow.stage", stage).withProperty("TOSS_CLIENT_KEY", clientKey);
        if (url != null) {
            environment.setProperty("TOSS_API_BASE_URL", url);
        }
        if (secretKey != null) {
            environment.setProperty("TOSS_SECRET_KEY", secretKey);
        }
        return environment;
    }
}
