package dev.wonflow.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

class SignaturesTest {

    private static final String KEY = "a".repeat(64);
    private static final byte[] BODY = "{\"eventType\":\"payout.changed\"}".getBytes(UTF_8);
    private static final String TIME = "2024-09-05T12:19:21+09:00";

    /**
     * Computed apart from our code: openssl dgst -sha256 -hmac (the text), and -mac HMAC -macopt hexkey (its bytes).
     */
    private static final String BY_TEXT_KEY = "89lrfc4fD02Ni+ORTbrQf3cRmuk7nYYNa/jatTQKNDA=";

    private static final String BY_DECODED_KEY = "YsH3SRxCDrmzoACsBfGb7LbvBYn99O5i84LQpkl0KjU=";

    private static final String FOREIGN = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private final Signatures signatures = new Signatures(List.of(new SecurityKey(KEY)), false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1:" + BY_TEXT_KEY,
                "v1:" + BY_DECODED_KEY,
                "v1:" + BY_TEXT_KEY + ",v1:" + FOREIGN,
                "v1:" + FOREIGN + ",v1:" + BY_TEXT_KEY,
                "v1:" + BY_DECODED_KEY + ",v1:" + FOREIGN,
                "v1:" + FOREIGN + ",v1:" + BY_DECODED_KEY,
                " v1: " + FOREIGN + " , v1:" + BY_TEXT_KEY + " ",
                "v2:anything,v1:" + BY_TEXT_KEY,
                "v1:not base64!,v1:" + BY_TEXT_KEY
            })
    void one_right_value_is_enough_in_any_position_and_for_both_readings_of_the_key(String header) {
        assertThat(signatures.grade(BODY, header, TIME)).isEqualTo(Grade.SIGNED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1:" + FOREIGN,
                "v1:",
                "v1",
                "",
                ",,,",
                BY_TEXT_KEY,
                "v2:" + BY_TEXT_KEY,
                "v1:89lrfc4fD02Ni+ORTbrQf3cRmuk7nYYNa/jatTQKNDE=",
                "v1:89lrfc4fD02Ni+ORTbrQf3cRmuk7nYYNa/jatTQ=",
                "v1:A,v1:A,v1:A,v1:A,v1:A,v1:A,v1:A,v1:A,v1:A,v1:" + BY_TEXT_KEY
            })
    void signature_that_is_present_and_wrong_is_refused(String header) {
        assertRefused(Refusal.SIGNATURE_WRONG, () -> signatures.grade(BODY, header, TIME));
    }

    @Test
    void one_changed_byte_of_the_body_makes_the_signature_wrong() {
        for (int i = 0; i < BODY.length; i++) {
            byte[] changed = BODY.clone();
            changed[i] ^= 1;

            assertRefused(Refusal.SIGNATURE_WRONG, () -> signatures.grade(changed, "v1:" + BY_TEXT_KEY, TIME));
        }
    }

    @Test
    void transmission_time_is_part_of_what_is_signed() {
        assertRefused(
                Refusal.SIGNATURE_WRONG,
                () -> signatures.grade(BODY, "v1:" + BY_TEXT_KEY, "2024-09-05T12:19:22+09:00"));
        assertRefused(Refusal.SIGNATURE_WRONG, () -> signatures.grade(BODY, "v1:" + BY_TEXT_KEY, null));
    }

    @Test
    void webhook_without_signature_is_unverified_because_toss_signs_none_about_payments() {
        assertThat(signatures.grade(BODY, null, TIME)).isEqualTo(Grade.UNVERIFIED);
    }

    @Test
    void signature_is_never_waved_through_for_want_of_a_key() {
        Signatures keyless = new Signatures(List.of(), false);

        assertRefused(Refusal.SECRET_MISSING, () -> keyless.grade(BODY, "v1:" + BY_TEXT_KEY, TIME));
        assertThat(keyless.grade(BODY, null, TIME)).isEqualTo(Grade.UNVERIFIED);
    }

    @Test
    void required_signature_may_not_be_missing() {
        Signatures strict = new Signatures(List.of(new SecurityKey(KEY)), true);

        assertRefused(Refusal.SIGNATURE_MISSING, () -> strict.grade(BODY, null, TIME));
        assertThat(strict.grade(BODY, "v1:" + BY_TEXT_KEY, TIME)).isEqualTo(Grade.SIGNED);
    }

    @Test
    void requiring_signatures_without_a_key_does_not_start() {
        assertThatIllegalStateException()
                .isThrownBy(() -> configured(true, null, null))
                .withMessageContaining("wonflow.webhook.require-signature")
                .withMessageContaining("TOSS_WEBHOOK_SECRET");
    }

    @Test
    void key_is_read_under_either_name() {
        assertThat(configured(true, KEY, null).grade(BODY, "v1:" + BY_TEXT_KEY, TIME))
                .isEqualTo(Grade.SIGNED);
        assertThat(configured(true, null, KEY).grade(BODY, "v1:" + BY_TEXT_KEY, TIME))
                .isEqualTo(Grade.SIGNED);
    }

    @Test
    void while_a_key_is_being_replaced_what_either_key_signs_counts() {
        String other = "b".repeat(64);
        Signatures newFirst = configured(true, other + "," + KEY, null);
        Signatures oldFirst = configured(true, KEY + ", " + other, null);
        Signatures replaced = configured(true, other, null);

        assertThat(newFirst.grade(BODY, "v1:" + BY_TEXT_KEY, TIME)).isEqualTo(Grade.SIGNED);
        assertThat(oldFirst.grade(BODY, "v1:" + BY_DECODED_KEY, TIME)).isEqualTo(Grade.SIGNED);
        assertRefused(Refusal.SIGNATURE_WRONG, () -> newFirst.grade(BODY, "v1:" + FOREIGN, TIME));
        assertRefused(Refusal.SIGNATURE_WRONG, () -> replaced.grade(BODY, "v1:" + BY_TEXT_KEY, TIME));
    }

    @Test
    void more_keys_than_a_replacement_needs_do_not_start() {
        assertThatIllegalStateException()
                .isThrownBy(() -> configured(true, KEY + "," + KEY + "," + KEY, null))
                .withMessageContaining("TOSS_WEBHOOK_SECRET: 3 security keys (expected: one, or two")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(KEY));
        assertThatIllegalStateException()
                .isThrownBy(() -> configured(true, KEY + ",", null))
                .withMessageContaining("TOSS_WEBHOOK_SECRET: security key: 0 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "g23456789012345678901234567890123456789012345678901234567890123g"})
    void key_of_another_format_does_not_start_and_is_not_shown(String key) {
        assertThatIllegalStateException()
                .isThrownBy(() -> configured(false, key, null))
                .withMessageContaining("TOSS_WEBHOOK_SECRET")
                .withMessageContaining("64 hexadecimal digits")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(key));
    }

    @Test
    void key_cannot_be_printed() {
        assertThat(new SecurityKey(KEY)).hasToString("SecurityKey[***]");
    }

    private static Signatures configured(boolean required, @Nullable String secret, @Nullable String alias) {
        MockEnvironment environment = new MockEnvironment();
        if (secret != null) {
            environment.setProperty("TOSS_WEBHOOK_SECRET", secret);
        }
        if (alias != null) {
            environment.setProperty("TOSS_PAYMENTS_WEBHOOK_SECRET", alias);
        }
        return new Signatures(
                environment,
                new WebhookProperties(
                        required,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(7),
                        DataSize.ofMegabytes(64),
                        List.of(),
                        List.of()));
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        WebhookRefused.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
    }
}
