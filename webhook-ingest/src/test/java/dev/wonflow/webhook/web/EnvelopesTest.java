package dev.wonflow.webhook.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.wonflow.webhook.Envelope;
import dev.wonflow.webhook.Refusal;
import dev.wonflow.webhook.Shape;
import dev.wonflow.webhook.WebhookRefused;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopesTest {

    private final Envelopes envelopes = new Envelopes();

    @Test
    void payment_change_is_classic_and_about_its_order() {
        assertThat(read("""
                {"eventType":"PAYMENT_STATUS_CHANGED","createdAt":"2026-03-01T10:16:02.418305",
                 "data":{"paymentKey":"wonfl20260301101530k3Yx1","orderId":"ord_1","status":"DONE","totalAmount":33000}}
                """)).isEqualTo(new Envelope(Shape.CLASSIC, "PAYMENT_STATUS_CHANGED", "ord_1"));
    }

    @Test
    void deposit_callback_is_flat_and_has_no_event_type() {
        assertThat(read("""
                {"createdAt":"2026-03-01T12:40:10.55012","secret":"ps_Zw81kQn3","status":"DONE",
                 "transactionKey":"0C11AD55","orderId":"ord_2"}
                """)).isEqualTo(new Envelope(Shape.FLAT, null, "ord_2"));
    }

    @Test
    void payout_and_seller_changes_are_entities_and_named_by_the_entity() {
        assertThat(read("""
                {"eventType":"payout.changed","createdAt":"2026-03-06T10:00:00+09:00","version":"2022-11-16",
                 "eventId":"evt_1","entityType":"payout","entityBody":{"id":"FPA_1","status":"COMPLETED"}}
                """)).isEqualTo(new Envelope(Shape.ENTITY, "payout.changed", "FPA_1"));
        assertThat(read("""
                {"eventType":"seller.changed","createdAt":"2026-03-06T10:00:00+09:00","version":"2022-11-16",
                 "eventId":"evt_2","entityType":"seller","entityBody":{"id":"seller_1","status":"APPROVED",
                 "company":{"name":"데모상회"},"metadata":null}}
                """)).isEqualTo(new Envelope(Shape.ENTITY, "seller.changed", "seller_1"));
    }

    @Test
    void link_pay_is_about_the_order_of_the_payment_inside() {
        assertThat(read("""
                {"eventType":"ORDER_PAYMENT_STATUS_CHANGED","createdAt":"2026-03-05T00:00:00",
                 "data":{"orderKey":"ok_1","amount":1000,"payment":{"paymentKey":"pk_1","orderId":"ord_3"}}}
                """)).isEqualTo(new Envelope(Shape.CLASSIC, "ORDER_PAYMENT_STATUS_CHANGED", "ord_3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T10:16:02.41830",
                "2026-03-01T10:16:02.418305",
                "2026-03-01T10:16:02.418",
                "2026-03-01T10:16:02",
                "2026-03-01T10:16:02+09:00"
            })
    void an_event_nobody_knows_yet_is_read_however_its_time_is_written(String createdAt) {
        assertThat(read("{\"eventType\":\"PAYMENT_REVIEWED\",\"createdAt\":\"" + createdAt
                        + "\",\"data\":{\"orderId\":\"ord_4\"}}"))
                .isEqualTo(new Envelope(Shape.CLASSIC, "PAYMENT_REVIEWED", "ord_4"));
    }

    @Test
    void late_cancel_names_only_its_transaction() {
        assertThat(read("""
                {"eventType":"CANCEL_STATUS_CHANGED","createdAt":"2026-03-02T09:00:00.100000",
                 "data":{"cancelAmount":10.5,"cancelStatus":"DONE","transactionKey":"D0D0CAFE"}}
                """)).isEqualTo(new Envelope(Shape.CLASSIC, "CANCEL_STATUS_CHANGED", "D0D0CAFE"));
    }

    @Test
    void customer_events_are_about_the_customer() {
        assertThat(read("""
                {"eventType":"CUSTOMER_STATUS_CHANGED","createdAt":"2026-03-05T00:00:00.000000",
                 "data":{"customerKey":"cus_1","status":"REMOVED","changedAt":"2026-03-05T00:00:00+09:00"}}
                """)).isEqualTo(new Envelope(Shape.CLASSIC, "CUSTOMER_STATUS_CHANGED", "cus_1"));
        assertThat(read("""
                {"eventType":"METHOD_UPDATED","createdAt":"2026-03-05T00:00:00.000000",
                 "data":{"customerKey":"cus_1","methodKey":"mk_1","status":"DISABLED"}}
                """)).isEqualTo(new Envelope(Shape.CLASSIC, "METHOD_UPDATED", "cus_1"));
    }

    @Test
    void billing_key_never_becomes_a_name() {
        assertThat(read("""
                {"eventType":"BILLING_DELETED","createdAt":"2026-03-05T00:00:00.000000",
                 "data":{"billingKey":"Ym9ndXNfYmlsbGluZ19rZXk=","reason":null}}
                """)).isEqualTo(new Envelope(Shape.CLASSIC, "BILLING_DELETED", null));
    }

    @Test
    void payment_key_stands_in_where_there_is_no_order() {
        assertThat(read("{\"eventType\":\"X\",\"data\":{\"paymentKey\":\"pk_1\"}}")
                        .subject())
                .isEqualTo("pk_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "1", "\"text\"", "[{\"eventType\":\"X\"}]", "{\"status\":\"DONE\"}"})
    void json_of_no_known_form_is_unknown_and_kept(String body) {
        assertThat(read(body)).isEqualTo(new Envelope(Shape.UNKNOWN, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"eventType\":\"X\",\"entityBody\":null} | ENTITY",
                "{\"eventType\":null} | CLASSIC",
                "{\"eventType\":7,\"data\":\"text\"} | CLASSIC",
                "{\"secret\":null,\"orderId\":\"o\",\"status\":\"DONE\"} | FLAT",
                "{\"orderId\":\"o\",\"status\":\"DONE\"} | UNKNOWN"
            })
    void form_is_told_by_which_fields_there_are(String body, Shape shape) {
        assertThat(read(body).shape()).isEqualTo(shape);
    }

    @Test
    void odd_ids_are_passed_over_for_the_next_usable_one() {
        for (String odd : new String[] {
            "\"\"",
            "\"  \"",
            "7",
            "null",
            "{}",
            "\"a\\u0000b\"",
            "\"a\\nb\"",
            "\"\\ud800\"",
            "\"" + "x".repeat(201) + "\""
        }) {
            assertThat(read("{\"eventType\":\"X\",\"data\":{\"orderId\":" + odd + ",\"paymentKey\":\"pk_1\"}}")
                            .subject())
                    .as(odd)
                    .isEqualTo("pk_1");
        }
        assertThat(read("{\"eventType\":\"" + "X".repeat(201) + "\"}").eventType())
                .isNull();
        assertThat(read("{\"eventType\":\"X\",\"data\":{\"orderId\":\"주문-😀\"}}")
                        .subject())
                .isEqualTo("주문-😀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "{",
                "{\"eventType\":\"X\"",
                "{}{}",
                "{} x",
                "payment done",
                "<xml/>",
                "eventType=X",
                "{'a':1}",
                "{\"a\":NaN}",
                "\u0000"
            })
    void what_is_not_one_json_value_is_refused(String body) {
        assertNotJson(body.getBytes(UTF_8));
    }

    @Test
    void nesting_numbers_names_and_tokens_are_limited() {
        assertNotJson(("[".repeat(65) + "]".repeat(65)).getBytes(UTF_8));
        assertNotJson("[".repeat(30_000).getBytes(UTF_8));
        assertNotJson(("{\"a\":" + "9".repeat(101) + "}").getBytes(UTF_8));
        assertNotJson(("{\"" + "n".repeat(1_001) + "\":1}").getBytes(UTF_8));
        assertNotJson(("[" + "1,".repeat(20_000) + "1]").getBytes(UTF_8));

        assertThat(read("[".repeat(64) + "]".repeat(64)).shape()).isEqualTo(Shape.UNKNOWN);
        assertThat(read("{\"a\":\"" + "x".repeat(60_000) + "\"}").shape()).isEqualTo(Shape.UNKNOWN);
        assertThat(read("{\"a\":1e999999999}").shape()).isEqualTo(Shape.UNKNOWN);
    }

    @Test
    void no_body_ends_in_anything_but_an_envelope_or_a_refusal() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] body = switch (i % 3) {
                case 0 -> bytes(random);
                case 1 -> json(random, 6).getBytes(UTF_8);
                default -> damaged(json(random, 6).getBytes(UTF_8), random);
            };
            try {
                Envelope envelope = envelopes.read(body);
                assertThat(envelope.subject() == null || envelope.subject().length() <= 200)
                        .isTrue();
            } catch (WebhookRefused e) {
                assertThat(e.refusal()).isEqualTo(Refusal.NOT_JSON);
            } catch (Throwable e) {
                fail("seed " + seed + ", body " + HexFormat.of().formatHex(body), e);
            }
        }
    }

    @Test
    void bytes_that_are_no_utf8_are_refused() {
        String body = "{\"eventType\":\"%s\"}";
        assertNotJson(body.formatted("\u00c0\u00af").getBytes(ISO_8859_1));
        assertNotJson(body.formatted("\u00c1\u0081").getBytes(ISO_8859_1));
        assertNotJson(body.formatted("\u00ed\u00a0\u0080").getBytes(ISO_8859_1));
        assertNotJson(body.formatted("\u00ff").getBytes(ISO_8859_1));
        assertNotJson(body.formatted("X").getBytes(UTF_16BE));
        assertThat(read(body.formatted("머그컵 😀")).eventType()).isEqualTo("머그컵 😀");
    }

    @Test
    void id_is_counted_in_characters() {
        String longest = "😀".repeat(200);

        assertThat(read("{\"orderId\":\"" + longest + "\"}").subject()).isEqualTo(longest);
        assertThat(read("{\"orderId\":\"" + longest + "x\"}").subject()).isNull();
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] damaged(byte[] json, Random random) {
        byte[] damaged = json.clone();
        for (int hits = random.nextInt(3); hits >= 0 && damaged.length > 0; hits--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    private static String json(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> "null";
            case 1 -> Boolean.toString(random.nextBoolean());
            case 2 -> Long.toString(random.nextLong());
            case 3 -> random.nextInt() + "e" + random.nextInt(2000);
            case 4, 5 -> text(random);
            case 6 -> "[" + json(random, depth - 1) + "," + json(random, depth - 1) + "]";
            default ->
                "{" + field(random) + ":" + json(random, depth - 1) + "," + field(random) + ":"
                        + json(random, depth - 1) + "}";
        };
    }

    private static String field(Random random) {
        String[] known = {
            "eventType", "data", "orderId", "paymentKey", "secret", "status", "entityBody", "payment", "id"
        };
        return random.nextInt(4) == 0 ? text(random) : "\"" + known[random.nextInt(known.length)] + "\"";
    }

    private static String text(Random random) {
        String[] pieces = {"ord_1", "\\u0000", "\\ud83d", "\\n", "가", "😀", "\\\\", " ", "x".repeat(150)};
        StringBuilder text = new StringBuilder("\"");
        for (int i = random.nextInt(3); i >= 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.append('"').toString();
    }

    private Envelope read(String body) {
        return envelopes.read(body.getBytes(UTF_8));
    }

    private void assertNotJson(byte[] body) {
        assertThatThrownBy(() -> envelopes.read(body))
                .isInstanceOfSatisfying(
                        WebhookRefused.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.NOT_JSON));
    }
}
