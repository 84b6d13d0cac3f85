package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();

    /** The encoded credentials printed in the documentation of Toss. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic dGVzdF9za196WExrS0V5cE5BcldtbzUwblgzbG1lYXhZRzVSOg==",
                "Basic dGVzdF9nc2tfZG9jc19PYVB6OEw1S2RtUVhrelJ6M3k0N0JNdzY6"
            })
    void documented_credentials_are_known(String credential) {
        assertThat(asking(credential).text("code")).isEqualTo("NOT_FOUND_PAYMENT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic dGVzdF9za196WExrS0V5cE5BcldtbzUwblgzbG1lYXhZRzVSOg",
                "basic dGVzdF9za196WExrS0V5cE5BcldtbzUwblgzbG1lYXhZRzVSOg==",
                "BASIC   dGVzdF9za196WExrS0V5cE5BcldtbzUwblgzbG1lYXhZRzVSOg=="
            })
    void a_missing_padding_and_any_case_of_the_scheme_are_accepted(String credential) {
        assertThat(asking(credential).text("code")).isEqualTo("NOT_FOUND_PAYMENT");
    }

    @Test
    void a_key_without_its_colon_is_badly_encoded() {
        Answer answer = asking("Basic " + encoded(RunningSandbox.SECRET_KEY));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("code")).isEqualTo("INCORRECT_BASIC_AUTH_FORMAT");
    }

    @Test
    void a_byte_order_mark_makes_another_key() {
        assertUnauthorized(asking("Basic " + encoded("\uFEFF" + RunningSandbox.SECRET_KEY + ":")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic %%%",
                "Bearer test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R",
                "Basic dGVzdF9za190eXBvOg=="
            })
    void anything_but_a_known_key_is_unauthorized(String credential) {
        assertUnauthorized(asking(credential));
    }

    @Test
    void a_client_key_is_not_a_secret_key() {
        assertUnauthorized(asking(RunningSandbox.basic(RunningSandbox.CLIENT_KEY)));
    }

    @Test
    void no_key_at_all_is_unauthorized_on_every_path() {
        assertUnauthorized(sandbox.send(sandbox.request("/v1/payments/some-key")));
        assertUnauthorized(sandbox.send(sandbox.request("/v1/no/such/path")));
    }

    private Answer asking(String credential) {
        return sandbox.send(
                sandbox.request("/v1/payments/nobody-knows-this-key").header("Authorization", credential));
    }

    private static void assertUnauthorized(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("code")).isEqualTo("UNAUTHORIZED_KEY");
    }

    private static String encoded(String credential) {
        return Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8));
    }
}
