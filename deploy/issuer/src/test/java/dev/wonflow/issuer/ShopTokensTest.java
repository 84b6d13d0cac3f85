package dev.wonflow.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.wonflow.issuer.RunningIssuer.Answer;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The back end of a shop asks for tokens with its own name and secret. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopTokensTest {

    private RunningIssuer issuer;

    @BeforeAll
    void start(@TempDir Path folder) {
        issuer = RunningIssuer.start(folder.resolve("key.json"), "--wonflow.issuer.token-life=2m");
    }

    @AfterAll
    void stop() {
        issuer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "globex"})
    void shop_gets_exactly_the_permissions_it_asks_for_and_its_own_tenant(String tenant) throws ParseException {
        Answer answer = issuer.shopToken(tenant + "-shop", tenant + "-shop", "checkout:write order:fulfil");

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        JWTClaimsSet claims = issuer.claims(answer.text("access_token"));
        assertThat(claims.getIssuer()).isEqualTo(issuer.root());
        assertThat(claims.getAudience()).containsExactly("wonflow");
        assertThat(claims.getSubject()).isEqualTo(tenant + "-shop");
        assertThat(claims.getStringClaim("client_id")).isEqualTo(tenant + "-shop");
        assertThat(claims.getStringClaim("tenant")).isEqualTo(tenant);
        assertThat(claims.getStringListClaim("permissions"))
                .containsExactlyInAnyOrder("checkout:write", "order:fulfil");
        assertThat(claims.getJWTID()).isNotBlank();
    }

    @Test
    void shop_that_asks_for_nothing_may_do_nothing() throws ParseException {
        Answer answer = issuer.shopToken("acme-shop", "acme-shop", "");

        assertThat(issuer.claims(answer.text("access_token")).getStringListClaim("permissions"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operator:actuator",
                "operator:reconciliation",
                "operator:ledger",
                "operator:import",
                "operator:catalogue",
                "operator:renewals",
                "openid",
                "everything",
                "checkout:write operator:actuator"
            })
    void shop_cannot_ask_for_what_is_not_a_shops(String scope) {
        Answer answer = issuer.shopToken("acme-shop", "acme-shop", scope);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_scope");
    }

    @Test
    void program_that_looks_after_wonflow_gets_a_token_of_no_tenant() throws ParseException {
        Answer answer = issuer.shopToken("wonflow-operations", "wonflow-operations", "operator:actuator");

        JWTClaimsSet claims = issuer.claims(answer.text("access_token"));
        assertThat(claims.getStringListClaim("permissions")).containsExactly("operator:actuator");
        assertThat(claims.getClaims()).doesNotContainKey("tenant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkout:write", "operator:reconciliation", "operator:ledger", "operator:catalogue"})
    void program_that_looks_after_wonflow_does_not_see_its_books(String scope) {
        assertThat(issuer.shopToken("wonflow-operations", "wonflow-operations", scope)
                        .text("error"))
                .isEqualTo("invalid_scope");
    }

    @Test
    void unknown_shop_and_wrong_secret_get_the_same_answer() {
        Answer wrong = issuer.shopToken("acme-shop", "globex-shop", "checkout:write");
        Answer unknown = issuer.shopToken("nobody", "nobody", "checkout:write");

        assertThat(wrong).isEqualTo(unknown);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text("error")).isEqualTo("invalid_client");
        assertThat(wrong.body().toString()).doesNotContain("Exception", "springframework", "acme");
    }

    @Test
    void page_cannot_act_as_a_shop() {
        Answer answer = issuer.token(Map.of("grant_type", "client_credentials", "client_id", "wonflow-pages"));

        assertThat(answer.status()).isIn(400, 401);
        assertThat(answer.body()).doesNotContainKey("access_token");
    }

    @Test
    void token_is_signed_with_rs256_and_lives_as_long_as_the_setting_says() throws ParseException {
        Answer answer = issuer.shopToken("acme-shop", "acme-shop", "checkout:write");

        String token = answer.text("access_token");
        assertThat(SignedJWT.parse(token).getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
        JWTClaimsSet claims = issuer.claims(token);
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(answer.body().get("expires_in"))
                .isInstanceOfSatisfying(
                        Number.class, life -> assertThat(life.longValue()).isBetween(110L, 120L));
    }

    @Test
    void published_keys_hold_nothing_private() {
        assertThat(issuer.get("/oauth2/jwks").body().get("keys"))
                .asString()
                .contains(" n=", "e=", "kid=")
                .doesNotContain(" d=", "{d=", " p=", "{p=", " q=", "{q=", " dp=", " dq=", " qi=");
    }

    @Test
    void services_find_everything_from_its_address() {
        Answer answer = issuer.get("/.well-known/openid-configuration");

        assertThat(answer.text("issuer")).isEqualTo(issuer.root());
        assertThat(answer.text("jwks_uri")).isEqualTo(issuer.root() + "/oauth2/jwks");
        assertThat(issuer.get("/actuator/health").text("status")).isEqualTo("UP");
    }

    @Test
    void program_that_is_not_signed_in_and_wants_a_page_is_told_so() {
        assertThat(issuer.get("/userinfo").status()).isEqualTo(401);
    }
}
