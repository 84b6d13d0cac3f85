package dev.wonflow.payment;

import dev.wonflow.testsupport.RefusedStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RefusedStartIT {

    private static final String SECRET = "0nlyTossMayKnow";

    private RefusedStart start;

    @BeforeEach
    void a_start(CapturedOutput output) {
        start = new RefusedStart(PaymentServiceApplication.class, output)
                .withDatabase()
                .with("TOSS_API_BASE_URL=http://127.0.0.1:1", "TOSS_CLIENT_KEY=test_ck_" + SECRET);
    }

    @Test
    void two_names_with_two_keys_are_told_and_neither_is_shown() {
        start.with("TOSS_SECRET_KEY=test_sk_" + SECRET, "TOSS_PAYMENTS_SECRET_KEY=test_sk_another" + SECRET)
                .tells(
                        "TOSS_SECRET_KEY and TOSS_PAYMENTS_SECRET_KEY: two different values (expected: ",
                        "Set it to a key of the Toss developer center, in one place only.",
                        SECRET);
    }

    @Test
    void live_key_beside_the_sandbox_is_told_and_not_shown() {
        start.with("TOSS_SECRET_KEY=live_sk_" + SECRET)
                .tells("TOSS_SECRET_KEY and TOSS_CLIENT_KEY: not a pair (expected: ", "Take both keys", SECRET);
    }

    @Test
    void keyset_that_cannot_be_read_is_told_and_not_shown() {
        start.with("TOSS_SECRET_KEY=test_sk_1", "wonflow.billing.keyset={\"primaryKeyId\":\"" + SECRET + "\"}")
                .tells(
                        "wonflow.billing.keyset: unreadable (expected: a keyset of Tink for AEAD, as JSON)",
                        "Set it to the whole of what tinkey create-keyset wrote",
                        SECRET);
    }
}
