package dev.wonflow.order.checkout.messaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.money.Money;
import dev.wonflow.order.checkout.CheckoutRequest;
import dev.wonflow.testsupport.contract.ContractSample;
import dev.wonflow.testsupport.contract.ContractSamples;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CheckoutFormsTest {

    private static final String BODY = """
        {"currency": "KRW", "items": [{"sku": "MUG", "name": "머그컵", "unitPrice": 12000, "quantity": 2}]}
        """;
    private static final Map<String, String> BINARY = Map.of(
            "ce_specversion", "1.0",
            "ce_type", "checkout.requested.v1",
            "ce_source", "/shop",
            "ce_id", "r-1");

    @ParameterizedTest
    @MethodSource("samples")
    void every_sample_of_the_contract_is_understood_in_binary_mode(ContractSample sample) {
        CheckoutRequest request = read(BINARY, sample.json()).orElseThrow();

        assertThat(request.id()).isEqualTo("/shop|r-1");
        assertThat(request.cart().items()).isNotEmpty();
    }

    static List<ContractSample> samples() {
        return ContractSamples.of("checkout.requested.v1");
    }

    @Test
    void plain_json_carries_its_id_beside_the_fields() {
        ContractSample sample = ContractSamples.of("checkout.requested.v1", "plain-json");

        CheckoutRequest request = read(Map.of(), sample.json()).orElseThrow();

        assertThat(request.id()).isEqualTo("req-2026-000017");
        assertThat(request.tenantId().value()).isEqualTo("default");
        assertThat(request.cart().total()).isEqualTo(Money.ofWon(33_000));
    }

    @Test
    void event_has_the_same_id_in_structured_and_in_binary_mode() {
        String event = """
            {"specversion": "1.0", "type": "checkout.requested.v1", "source": "/shop", "id": "r-1",
             "tenantid": "hanbit-studio", "data": %s}
            """.formatted(BODY);

        for (Map<String, String> headers : List.of(
                Map.<String, String>of(), Map.of("content-type", "application/cloudevents+json; charset=UTF-8"))) {
            CheckoutRequest request = read(headers, event).orElseThrow();

            assertThat(request.id())
                    .isEqualTo(read(BINARY, BODY).orElseThrow().id())
                    .isEqualTo("/shop|r-1");
            assertThat(request.tenantId().value()).isEqualTo("hanbit-studio");
        }
    }

    @Test
    void tenant_of_the_envelope_and_of_the_body_must_not_differ() {
        String body = BODY.replaceFirst("\\{", "{\"tenantId\": \"a\", ");

        assertThat(read(BINARY, body).orElseThrow().tenantId().value()).isEqualTo("a");
        assertThat(read(with(BINARY, "ce_tenantid", "a"), body)
                        .orElseThrow()
                        .tenantId()
                        .value())
                .isEqualTo("a");
        assertThatThrownBy(() -> read(with(BINARY, "ce_tenantid", "b"), body))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessage("tenantId: a (expected: b, as the envelope says)");
    }

    @Test
    void request_is_told_apart_by_its_tenant_its_source_and_its_id() {
        List<CheckoutRequest> requests = List.of(
                read(
                                Map.of(),
                                "{\"id\": \"r-1\", \"tenantId\": \"a\","
                                        + BODY.strip().substring(1))
                        .orElseThrow(),
                read(
                                Map.of(),
                                "{\"id\": \"r-1\", \"tenantId\": \"b\","
                                        + BODY.strip().substring(1))
                        .orElseThrow(),
                read(with(with(BINARY, "ce_tenantid", "a"), "ce_source", "/x"), BODY)
                        .orElseThrow(),
                read(with(with(BINARY, "ce_tenantid", "a"), "ce_source", "/y"), BODY)
                        .orElseThrow(),
                read(with(with(with(BINARY, "ce_tenantid", "a"), "ce_source", "/y|r"), "ce_id", "1"), BODY)
                        .orElseThrow(),
                read(with(with(with(BINARY, "ce_tenantid", "a"), "ce_source", "/y"), "ce_id", "r|1"), BODY)
                        .orElseThrow(),
                read(
                                Map.of(),
                                "{\"id\": \"/y|r-1\", \"tenantId\": \"a\","
                                        + BODY.strip().substring(1))
                        .orElseThrow());

        assertThat(requests).extracting(CheckoutRequest::claimId).doesNotHaveDuplicates();
        assertThat(requests)
                .extracting(request -> request.tenantId() + " " + request.id())
                .doesNotHaveDuplicates();
    }

    @Test
    void longest_tenant_and_id_still_make_a_claim() {
        String body = "{\"id\": \"%s\", \"tenantId\": \"%s\",".formatted("r".repeat(300), "t".repeat(100))
                + BODY.strip().substring(1);

        assertThat(read(Map.of(), body).orElseThrow().claimId()).hasSizeLessThanOrEqualTo(Inbox.MAX_MESSAGE_ID_LENGTH);
    }

    @Test
    void event_of_another_type_is_not_for_us() {
        assertThat(read(with(BINARY, "ce_type", "checkout.dreamed.v1"), "not even json"))
                .isEmpty();
        assertThat(read(Map.of(), """
            {"specversion": "1.0", "type": "checkout.dreamed.v1", "id": "1"}
            """)).isEmpty();
    }

    @Test
    void members_without_a_meaning_in_their_form_may_look_like_anything() {
        String cart = BODY.strip().substring(1);

        assertThat(read(Map.of(), "{\"id\": \"r-1\", \"source\": 5, \"tenantid\": {}, \"data\": []," + cart))
                .hasValueSatisfying(request -> assertThat(request.id()).isEqualTo("r-1"));
        assertThat(read(BINARY, "{\"id\": 7, \"source\": 5, \"tenantid\": {}, \"specversion\": 1," + cart))
                .hasValueSatisfying(request -> assertThat(request.id()).isEqualTo("/shop|r-1"));
        assertThat(read(Map.of(), """
            {"specversion": "1.0", "type": "checkout.dreamed.v1", "id": 7, "source": 5, "data": "?"}
            """)).isEmpty();
    }

    @ParameterizedTest
    @Tag("F20")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                unitPrice": 12000 | unitPrice": -12000     | items[0].unitPrice: -12000 (expected: whole won, 1 to 1000000000)
                unitPrice": 12000 | unitPrice": 0          | items[0].unitPrice: 0 (expected: whole won, 1 to 1000000000)
                unitPrice": 12000 | unitPrice": 1.5        | items[0].unitPrice: of another kind (expected: a whole number)
                unitPrice": 12000 | unitPrice": "12000"    | items[0].unitPrice: of another kind (expected: a whole number)
                unitPrice": 12000 | unitPrice": 99999999999999999999 | items[0].unitPrice: too large (expected: a whole number)
                quantity": 2      | quantity": 4294967297  | items[0].quantity: 4294967297 (expected: whole number, 1 to 10000)
                "currency": "KRW" | "currency": "USD"      | currency: USD (expected: KRW)
                "currency": "KRW", | ~~                    | currency: missing (expected: text of 1 to 100 characters)
                "currency": "KRW" | "currency": "KRW", "amount": 1 | amount: 1 (expected: 24000, the sum of the items)
                "currency": "KRW" | "currency": "KRW", "currency": "KRW" | body: not readable at line 1
                "sku": "MUG",     | ~~                     | items[0].sku: missing (expected: text of 1 to 100 characters)
                "sku": "MUG"      | "sku": 7               | items[0].sku: of another kind (expected: text)
                """)
    void request_that_cannot_be_sold_says_what_is_wrong(String good, @Nullable String bad, String complaint) {
        assertThat(BODY).contains(good.strip());
        String body = BODY.replace(good.strip(), bad == null ? "" : bad.strip());

        assertThatThrownBy(() -> read(BINARY, body))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageStartingWith(complaint);
    }

    @ParameterizedTest
    @Tag("F20")
    @CsvSource(delimiter = '|', textBlock = """
                hello               | body: not readable
                []                  | body: no object
                {}                  | id: missing
                {} {}               | body: of another kind (expected: a JSON object)
                {"id": 7}           | id: of another kind (expected: text)
                {"id": "1", "items": []} | currency: missing
                {"id": "1", "currency": "KRW", "items": []} | items: 0 elements
                {"id": "1", "currency": "KRW", "items": [1]} | items[0]: of another kind (expected: a JSON object)
                {"specversion": "0.3", "type": "x", "id": "1"} | specversion: 0.3 (expected: 1.0)
                """)
    void bytes_that_are_no_request_say_what_is_wrong(String body, String complaint) {
        assertThatThrownBy(() -> read(Map.of(), body))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageStartingWith(complaint);
    }

    @Test
    void missing_id_and_missing_body_are_unreadable() {
        assertThatThrownBy(() -> read(Map.of("ce_type", "checkout.requested.v1"), BODY))
                .hasMessageStartingWith("header ce_id: missing");
        assertThatThrownBy(() ->
                        CheckoutForms.read(new ConsumerRecord<byte[], byte[]>("checkout.requests", 0, 0, null, null)))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageStartingWith("body: empty");
    }

    @Test
    void bytes_that_are_no_utf8_are_unreadable() {
        byte[] overlong = BODY.replace("MUG", "M\u00c1\u0095G").getBytes(ISO_8859_1);
        ConsumerRecord<byte[], byte[]> message = new ConsumerRecord<>("checkout.requests", 0, 0, null, overlong);
        BINARY.forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));

        assertThatThrownBy(() -> CheckoutForms.read(message))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageStartingWith("body: not readable");
    }

    @Test
    void document_without_end_is_unreadable() {
        assertThatThrownBy(() -> read(Map.of(), "[".repeat(100_000))).isInstanceOf(UnreadableMessage.class);
        assertThatThrownBy(() -> read(Map.of(), "{\"id\": \"" + "x".repeat(300_000) + "\"}"))
                .isInstanceOf(UnreadableMessage.class);
    }

    @Test
    void ambiguous_header_is_not_passed_over_but_unreadable() {
        for (String header : List.of("ce_type", "ce_id", "ce_source", "ce_tenantid", "content-type")) {
            assertThatThrownBy(() -> read(with(BINARY, header, "x\u0000"), BODY))
                    .isInstanceOf(UnreadableMessage.class)
                    .hasMessage("header " + header + ": control characters (expected: text without them)");
            assertThatThrownBy(() -> read(with(BINARY, header, " "), BODY))
                    .isInstanceOf(UnreadableMessage.class)
                    .hasMessage("header " + header + ": blank (expected: text, or no header)");
        }
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return more;
    }

    private static Optional<CheckoutRequest> read(Map<String, String> headers, String body) {
        ConsumerRecord<byte[], byte[]> message =
                new ConsumerRecord<>("checkout.requests", 0, 0, null, body.getBytes(UTF_8));
        headers.forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        return CheckoutForms.read(message);
    }
}
