package dev.wonflow.webhook;

import dev.wonflow.testsupport.RefusedStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTest {

    private static final String KEY = "0123456789abcdef".repeat(4);

    private RefusedStart start;

    @BeforeEach
    void a_start(CapturedOutput output) {
        start = new RefusedStart(WebhookIngestApplication.class, output);
    }

    @Test
    @Tag("F6")
    void signatures_that_nobody_could_verify_are_not_demanded() {
        start.with("wonflow.webhook.require-signature=true")
                .tells(
                        "wonflow.webhook.require-signature: true without TOSS_WEBHOOK_SECRET (expected: ",
                        "Set TOSS_WEBHOOK_SECRET, or leave WONFLOW_WEBHOOK_REQUIRESIGNATURE out");
    }

    @Test
    void another_key_than_the_security_key_is_told_apart_and_not_shown() {
        start.with("TOSS_WEBHOOK_SECRET=test_sk_5OWRapdA8djw2")
                .tells(
                        "TOSS_WEBHOOK_SECRET: security key: 21 characters (expected: 64 hexadecimal digits)",
                        "Copy the security key (보안 키) from the Toss developer center",
                        "5OWRapdA8djw2");
    }

    @Test
    void two_names_with_two_values_are_told_and_neither_is_shown() {
        String other = KEY.replace('0', 'f');
        start.with("TOSS_WEBHOOK_SECRET=" + KEY, "TOSS_PAYMENTS_WEBHOOK_SECRET=" + other)
                .tells(
                        "TOSS_WEBHOOK_SECRET and TOSS_PAYMENTS_WEBHOOK_SECRET: two different values (expected: ",
                        "Remove the one that is out of date",
                        KEY,
                        other);
    }

    @Test
    void stage_nobody_knows_is_not_taken_for_one_without_real_money() {
        start.with("wonflow.stage=prod")
                .tells("wonflow.stage: another one (expected: local, preview or production)", "Correct WONFLOW_STAGE.");
    }

    @Test
    void clock_that_can_be_moved_is_refused_where_money_is_real() {
        start.with("wonflow.stage=production", "wonflow.clock.movable=true")
                .tells("wonflow.clock.movable: true in stage production (expected: ", "Remove WONFLOW_CLOCK_MOVABLE");
    }
}
