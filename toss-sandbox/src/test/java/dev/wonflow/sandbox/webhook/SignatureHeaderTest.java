package dev.wonflow.sandbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.merchant.SecurityKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vector was computed outside of this project; it is the one clients are tested with too. */
class SignatureHeaderTest {

    private static final String BODY = "{\"eventType\":\"payout.changed\"}";
    private static final String TIME = "2024-09-05T12:19:21+09:00";
    private static final String BY_TEXT = "89lrfc4fD02Ni+ORTbrQf3cRmuk7nYYNa/jatTQKNDA=";
    private static final String BY_BYTES = "YsH3SRxCDrmzoACsBfGb7LbvBYn99O5i84LQpkl0KjU=";
    private static final SecurityKey KEY = new SecurityKey("mid", "a".repeat(64));
    private static final SecurityKey OTHER = new SecurityKey("mid", "b".repeat(64));

    @Test
    void the_key_may_count_as_text_or_as_the_bytes_it_spells() {
        assertThat(SignatureHeader.of(List.of(KEY.text()), BODY, TIME)).isEqualTo("v1:" + BY_TEXT);
        assertThat(SignatureHeader.of(List.of(KEY.decoded()), BODY, TIME)).isEqualTo("v1:" + BY_BYTES);
    }

    @Test
    void two_active_keys_sign_both_and_either_may_come_first() {
        assertThat(SignatureHeader.of(List.of(KEY.text(), OTHER.text()), BODY, TIME)
                        .split(",", -1))
                .hasSize(2)
                .startsWith("v1:" + BY_TEXT);
        assertThat(SignatureHeader.of(List.of(OTHER.text(), KEY.text()), BODY, TIME)
                        .split(",", -1))
                .hasSize(2)
                .endsWith("v1:" + BY_TEXT);
    }
}
