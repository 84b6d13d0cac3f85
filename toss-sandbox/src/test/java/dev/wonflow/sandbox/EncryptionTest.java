package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EncryptionTest {

    private static final String KEY = "0123456789abcdef".repeat(4);
    private static final String REPLACED_KEY = "fedcba9876543210".repeat(4);
    private static final String KEYS = "wonflow.sandbox.merchants[0].security-keys";
    private static final RunningSandbox SANDBOX =
            RunningSandbox.start(KEYS + "[0]=" + KEY, KEYS + "[1]=" + REPLACED_KEY);

    private final String reference = RunningSandbox.newOrderId();

    @AfterAll
    static void stop() {
        SANDBOX.close();
    }

    @Test
    void an_encrypted_request_is_answered_encrypted() throws ParseException, JOSEException {
        Answer answer = encrypted("/v2/sellers", jwe(seller(), KEY, header -> header));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).startsWith("text/plain");
        JWEObject jwe = JWEObject.parse(answer.body());
        assertThat(jwe.getHeader().getAlgorithm()).isEqualTo(JWEAlgorithm.DIR);
        assertThat(jwe.getHeader().getEncryptionMethod()).isEqualTo(EncryptionMethod.A256GCM);
        assertThat(String.valueOf(jwe.getHeader().getCustomParam("iat"))).endsWith("+09:00");
        assertThat(String.valueOf(jwe.getHeader().getCustomParam("nonce"))).hasSize(36);
        JsonNode seller = opened(answer, KEY).path("entityBody");
        assertThat(seller.path("refSellerId").asString()).isEqualTo(reference);
        assertThat(SANDBOX.get("/v2/sellers/" + seller.path("id").asString())
                        .json()
                        .path("entityBody"))
                .isEqualTo(seller);
    }

    @Test
    void the_key_that_is_being_replaced_still_opens_and_seals() throws ParseException, JOSEException {
        Answer answer = encrypted("/v2/sellers", jwe(seller(), REPLACED_KEY, header -> header));

        assertThat(opened(answer, REPLACED_KEY).path("entityType").asString()).isEqualTo("seller");
    }

    @Test
    void a_compressed_body_is_opened() throws ParseException, JOSEException {
        Answer answer = encrypted(
                "/v2/sellers", jwe(seller(), KEY, header -> header.compressionAlgorithm(CompressionAlgorithm.DEF)));

        assertThat(opened(answer, KEY).path("entityType").asString()).isEqualTo("seller");
    }

    @Test
    void what_is_refused_for_its_content_is_told_encrypted() throws ParseException, JOSEException {
        Answer answer = encrypted("/v2/payouts", jwe("{}", KEY, header -> header));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(opened(answer, KEY).at("/error/code").asString()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void a_body_that_is_not_encrypted_as_it_should_be_is_refused_in_plain_json() throws JOSEException {
        String valid = jwe(seller(), KEY, header -> header);
        String withoutTime = jwe(seller(), KEY, _ -> bare().customParam("nonce", "n"));
        String withoutNonce = jwe(seller(), KEY, _ -> bare().customParam("iat", "2026-03-01T10:16:02+09:00"));
        String withWrongTime = jwe(seller(), KEY, header -> header.customParam("iat", "yesterday"));
        String withOtherKey = jwe(seller(), "5".repeat(64), header -> header);

        for (String body : new String[] {
            seller(),
            "not.a.jwe",
            "....",
            "eyJhbGciOiJub25lIn0..",
            valid.substring(0, valid.length() - 4),
            valid + "AAAA",
            withoutTime,
            withoutNonce,
            withWrongTime,
            withOtherKey
        }) {
            Answer answer = encrypted("/v2/sellers", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.header("content-type")).startsWith("application/json");
            assertThat(answer.json().at("/error/code").asString()).isEqualTo("INVALID_REQUEST");
        }
    }

    @Test
    void an_encrypted_body_without_the_header_is_no_json() throws JOSEException {
        Answer answer = SANDBOX.post("/v2/sellers", jwe(seller(), KEY, header -> header));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/code").asString()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void a_kept_answer_is_given_again_as_it_was_sealed() throws JOSEException {
        String body = jwe(seller(), KEY, header -> header);

        Answer first = encrypted("/v2/sellers", body, "Idempotency-Key", reference);
        Answer second = encrypted("/v2/sellers", body, "Idempotency-Key", reference);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("content-type")).startsWith("text/plain");
    }

    @Test
    void a_call_without_a_body_is_answered_encrypted_if_it_asks_for_it() throws ParseException, JOSEException {
        Answer answer =
                SANDBOX.send(SANDBOX.toss("/v2/balances").header("TossPayments-api-security-mode", "ENCRYPTION"));

        assertThat(opened(answer, KEY).path("entityType").asString()).isEqualTo("balance");
    }

    @Test
    void a_merchant_without_a_security_key_cannot_encrypt() throws JOSEException {
        Answer answer = encrypted(
                "/v2/sellers",
                jwe(seller(), KEY, header -> header),
                "Authorization",
                RunningSandbox.basic(RunningSandbox.OTHER_SECRET_KEY));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().at("/error/code").asString()).isEqualTo("FORBIDDEN_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123", "zz23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"})
    void a_security_key_that_is_none_stops_the_start_and_is_not_shown(String key) {
        assertThatThrownBy(() -> RunningSandbox.start(KEYS + "[0]=" + key).close())
                .rootCause()
                .hasMessageContaining("security-key of tvivarepublica: " + key.length()
                        + " characters (expected: 64 hexadecimal characters")
                .hasMessageNotContaining(key);
    }

    @Test
    void a_third_security_key_stops_the_start() {
        assertThatThrownBy(() -> RunningSandbox.start(
                                KEYS + "[0]=" + KEY, KEYS + "[1]=" + REPLACED_KEY, KEYS + "[2]=" + "5".repeat(64))
                        .close())
                .rootCause()
                .hasMessageContaining("security-keys of tvivarepublica: 3 (expected: at most 2");
    }

    private String seller() {
        return """
            {"refSellerId": "%s", "businessType": "INDIVIDUAL",
             "individual": {"name": "이데모", "email": "a@example.com", "phone": "01000000000"},
             "account": {"bankCode": "092", "accountNumber": "1000000000001", "holderName": "이데모"}}
            """.formatted(reference);
    }

    private static Answer encrypted(String path, String body, String... headers) {
        String[] all = new String[headers.length + 4];
        all[0] = "TossPayments-api-security-mode";
        all[1] = "ENCRYPTION";
        all[2] = "Content-Type";
        all[3] = "text/plain";
        System.arraycopy(headers, 0, all, 4, headers.length);
        return SANDBOX.post(path, body, all);
    }

    private static JWEHeader.Builder bare() {
        return new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);
    }

    private static String jwe(String body, String key, UnaryOperator<JWEHeader.Builder> change) throws JOSEException {
        JWEHeader.Builder header = bare().customParam("iat", "2026-03-01T10:16:02+09:00")
                .customParam("nonce", "0190a6a0-0000-7000-8000-000000000000");
        JWEObject jwe = new JWEObject(change.apply(header).build(), new Payload(body));
        jwe.encrypt(new DirectEncrypter(HexFormat.of().parseHex(key)));
        return jwe.serialize();
    }

    private static JsonNode opened(Answer answer, String key) throws ParseException, JOSEException {
        JWEObject jwe = JWEObject.parse(answer.body());
        jwe.decrypt(new DirectDecrypter(HexFormat.of().parseHex(key)));
        return JsonMapper.shared().readTree(jwe.getPayload().toBytes());
    }
}
