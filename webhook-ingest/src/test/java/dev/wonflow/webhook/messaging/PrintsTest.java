package dev.wonflow.webhook.messaging;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.webhook.Refusal;
import dev.wonflow.webhook.WebhookRefused;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class PrintsTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** Of {@code ps_canary}, as {@code printf 'wonflow webhook secret 1:ps_canary' | sha256sum} has it. */
    private static final String PRINT = "a865b6cf1d2c6ee7c92b822c7707ce123982549fe7e274bd7622822b19846cd1";

    /** Of {@code ps_canary} as a billing key. */
    private static final String KEY_PRINT = "6d982e967c67c6954d7ee5974c55c1f1ce1da0bd3345e21d666ae70857fd3256";

    private final Prints prints = new Prints();

    @Test
    void print_stands_where_the_secret_was_and_every_other_byte_is_the_same() {
        String body = " {\"createdAt\" :\"2026-01-05\", \"secret\" : \"ps_canary\" ,\r\n\t\"amount\":1.50e3,"
                + "\"name\":\"머그컵 \\ud83d\\ude00 😀\",\"data\":{ \"secret\":null, \"billingKey\":\"ps_canary\"}}\n";

        assertThat(kept(body))
                .isEqualTo(" {\"createdAt\" :\"2026-01-05\", \"secretPrint\":\"" + PRINT
                        + "\" ,\r\n\t\"amount\":1.50e3,\"name\":\"머그컵 \\ud83d\\ude00 😀\","
                        + "\"data\":{ \"secret\":null, \"billingKeyPrint\":\"" + KEY_PRINT + "\"}}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " [1, 2.50, \"ps_canary\"] ",
                "\"secret\"",
                "{\"secret\" : null}",
                "{\"secret\":\"\"}",
                "{\"a\":\"secret\",\"b\":[\"billingKey\"]}",
                "{\"secrets\":1,\"secretary\":\"x\",\"paymentKey\":\"k\",\"customerKey\":\"c\"}"
            })
    void body_without_a_secret_is_kept_byte_for_byte(String body) {
        assertThat(kept(body)).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"s\\u0065cret\":\"ps_\\u0063anary\"} | {\"secretPrint\":\"@\"}",
                "{\"SECRET\":\"ps_canary\"} | {\"secretPrint\":\"@\"}",
                "{\"secret\":\"ps_canary\",\"secret\":\"ps_canary\"} | {\"secretPrint\":\"@\",\"secretPrint\":\"@\"}",
                "[[{\"data\":[{\"secret\":\"ps_canary\"}]}]] | [[{\"data\":[{\"secretPrint\":\"@\"}]}]]",
                "{\"secret\":{\"of\":[\"ps_canary\"]},\"a\":1} | {\"secret\":null,\"a\":1}",
                "{\"secret\": [ 7 ] } | {\"secret\": null }",
                "{\"secret\":12345 ,\"a\":1} | {\"secret\":null ,\"a\":1}",
                "{\"secret\":12345} | {\"secret\":null}",
                "{\"secret\":true} | {\"secret\":null}",
                "{\"webhookSecret\":\"ps_canary\"} | {\"webhookSecret\":null}",
                "{\"authKey\":\"ps_canary\",\"access_token\":\"ps_canary\"} | {\"authKey\":null,\"access_token\":null}"
            })
    void secret_is_found_however_it_is_written(String body, String kept) {
        assertThat(kept(body)).isEqualTo(kept.replace("@", PRINT));
    }

    /** Else a caller who has read a print could send it, and would be taken for one who has the secret. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"secretPrint\":\"0f\"} | {\"secretPrint\":null}",
                "{\"data\":{\"billingKeyPrint\":\"0f\"}} | {\"data\":{\"billingKeyPrint\":null}}",
                "{\"billingKey\\u0050rint\":\"0f\"} | {\"billingKey\\u0050rint\":null}"
            })
    void print_that_is_sent_to_us_is_none(String body, String kept) {
        assertThat(kept(body)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"secret\":\"ps_canary\"", "secret=ps_canary", "{\"secret\":\"ps_canary\"} ps_canary"})
    void what_cannot_be_read_is_not_kept(String body) {
        assertRefused(body.getBytes(UTF_8));
        assertRefused("{\"secret\":\"ps_canary\"}".getBytes(UTF_16BE));
    }

    @Test
    void whatever_the_body_no_secret_is_left_and_nothing_else_is_lost() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int withSecrets = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder body = new StringBuilder();
            write(random, body, 5);

            String kept = kept(body.toString());

            JsonNode expected = JSON.readTree(body.toString());
            withSecrets += printed(expected) ? 1 : 0;
            assertThat(JSON.readTree(kept)).as("seed %d, body %s", seed, body).isEqualTo(expected);
            assertThat(kept).as("seed %d, body %s", seed, body).doesNotContain("canary");
        }
        assertThat(withSecrets).as("bodies with a secret").isGreaterThan(1_000);
    }

    /** Changes a document as its bytes should have been changed; tells whether there was anything to change. */
    private static boolean printed(JsonNode node) {
        boolean changed = false;
        if (node instanceof ObjectNode object) {
            String secret = object.path("secret").stringValue("");
            if (!secret.isEmpty()) {
                object.remove("secret");
                object.put("secretPrint", PRINT);
                changed = true;
            }
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            for (JsonNode child : node) {
                changed |= printed(child);
            }
        }
        return changed;
    }

    private static void write(Random random, StringBuilder json, int depth) {
        space(random, json);
        switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> json.append("null");
            case 1 -> json.append(random.nextBoolean());
            case 2 -> json.append(random.nextInt()).append(".").append(random.nextInt(100));
            case 3 -> json.append(random.nextInt());
            case 4, 5 -> json.append("\"머그컵\\n\\\\\\\" 😀\"");
            case 6 -> {
                json.append('[');
                write(random, json, depth - 1);
                json.append(',');
                write(random, json, depth - 1);
                json.append(']');
            }
            default -> {
                json.append('{');
                space(random, json);
                if (random.nextBoolean()) {
                    json.append("\"secret\"");
                    space(random, json);
                    json.append(random.nextBoolean() ? ":\"ps_canary\"" : ":null")
                            .append(" ,");
                }
                json.append("\"가\\u0062\":");
                write(random, json, depth - 1);
                json.append(",\"data\":");
                write(random, json, depth - 1);
                json.append('}');
            }
        }
        space(random, json);
    }

    private static void space(Random random, StringBuilder json) {
        json.append(" \n\t".repeat(random.nextInt(3)));
    }

    private String kept(String body) {
        return new String(prints.inPlaceOfSecrets(body.getBytes(UTF_8)), UTF_8);
    }

    private void assertRefused(byte[] body) {
        assertThatThrownBy(() -> prints.inPlaceOfSecrets(body)).isInstanceOfSatisfying(WebhookRefused.class, e -> {
            assertThat(e.refusal()).isEqualTo(Refusal.NOT_JSON);
            assertThat(e.getMessage()).doesNotContain("canary");
        });
    }
}
