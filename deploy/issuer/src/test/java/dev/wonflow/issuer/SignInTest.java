package dev.wonflow.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.wonflow.issuer.RunningIssuer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People sign in through a page, with a code and PKCE. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {

    private static final String EVERYTHING =
            "openid tenant:billing tenant:billing:read checkout:write order:fulfil operator:actuator"
                    + " operator:reconciliation operator:ledger operator:import operator:catalogue operator:renewals";

    private RunningIssuer issuer;

    @BeforeAll
    void start(@TempDir Path folder) {
        issuer = RunningIssuer.start(folder.resolve("key.json"));
    }

    @AfterAll
    void stop() {
        issuer.close();
    }

    @ParameterizedTest
    @CsvSource({
        "acme-owner, acme, tenant:billing tenant:billing:read checkout:write order:fulfil",
        "acme-member, acme, tenant:billing:read checkout:write",
        "acme-viewer, acme, tenant:billing:read",
        "globex-owner, globex, tenant:billing tenant:billing:read checkout:write order:fulfil",
        "globex-member, globex, tenant:billing:read checkout:write",
        "globex-viewer, globex, tenant:billing:read",
        "operator, , operator:actuator operator:reconciliation operator:ledger operator:import operator:catalogue operator:renewals"
    })
    void everybody_gets_what_they_may_of_what_the_page_asked_for(String name, String tenant, String permissions)
            throws ParseException {
        Answer answer = issuer.token(Browser.exchange(issuer.browser().code(name, EVERYTHING), Browser.VERIFIER));

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        JWTClaimsSet claims = issuer.claims(answer.text("access_token"));
        assertThat(claims.getIssuer()).isEqualTo(issuer.root());
        assertThat(claims.getAudience()).containsExactly("wonflow");
        assertThat(claims.getSubject()).isEqualTo(name);
        assertThat(claims.getStringClaim("client_id")).isEqualTo("wonflow-pages");
        assertThat(claims.getStringClaim("tenant")).isEqualTo(tenant);
        assertThat(claims.getStringListClaim("permissions")).containsExactlyInAnyOrder(permissions.split(" "));
        assertThat(answer.text("scope").split(" "))
                .as("the answer says that it is less than was asked for")
                .containsExactlyInAnyOrder(("openid " + permissions).split(" "));
    }

    @Test
    void page_gets_no_more_than_it_asked_for() throws ParseException {
        String code = issuer.browser().code("acme-owner", "openid tenant:billing:read");

        Answer answer = issuer.token(Browser.exchange(code, Browser.VERIFIER));

        assertThat(issuer.claims(answer.text("access_token")).getStringListClaim("permissions"))
                .containsExactly("tenant:billing:read");
    }

    @Test
    void id_token_names_the_person_to_the_page_and_permits_nothing() throws ParseException {
        Answer answer =
                issuer.token(Browser.exchange(issuer.browser().code("acme-owner", EVERYTHING), Browser.VERIFIER));

        JWTClaimsSet claims = issuer.claims(answer.text("id_token"));
        assertThat(claims.getSubject()).isEqualTo("acme-owner");
        assertThat(claims.getAudience()).containsExactly("wonflow-pages");
        assertThat(claims.getClaims()).doesNotContainKeys("permissions", "tenant", "scope");
        assertThat(issuer.getAs(answer.text("access_token"), "/userinfo").text("sub"))
                .isEqualTo("acme-owner");
        assertThat(issuer.getAs(answer.text("id_token"), "/userinfo").status())
                .as("an id token is no access token")
                .isEqualTo(401);
    }

    @Test
    void nonce_of_the_page_comes_back_in_the_id_token_and_nowhere_else() throws ParseException {
        Browser browser = issuer.browser();
        browser.signIn("acme-owner", "acme-owner");
        String sentTo =
                Browser.location(browser.authorize(Browser.request(EVERYTHING, "nonce", "of this sign-in only")));
        String code = sentTo.replaceAll(".*[?&]code=([^&]+).*", "$1");

        Answer answer = issuer.token(Browser.exchange(code, Browser.VERIFIER));

        assertThat(issuer.claims(answer.text("id_token")).getStringClaim("nonce"))
                .isEqualTo("of this sign-in only");
        assertThat(issuer.claims(answer.text("access_token")).getClaims())
                .as("services take a token with a nonce for an id token")
                .doesNotContainKey("nonce");
    }

    @ParameterizedTest
    @CsvSource({
        "code_challenge, '', code_challenge",
        "code_challenge_method, plain, code_challenge_method",
        "code_challenge_method, '', code_challenge_method",
        "scope, openid everything, scope"
    })
    void request_without_a_proof_or_for_too_much_is_told_so_at_the_page(String parameter, String value, String named) {
        Browser browser = issuer.browser();
        browser.signIn("acme-owner", "acme-owner");

        HttpResponse<String> refused = browser.authorize(Browser.request("openid", parameter, value));

        assertThat(refused.statusCode()).isEqualTo(302);
        assertThat(URI.create(Browser.location(refused)).getQuery())
                .contains("error=invalid_", "Wrong or missing: " + named, "state=where the page was")
                .doesNotContain("code=");
        assertThat(Browser.location(refused)).startsWith(Browser.REDIRECT).doesNotContain("rfc", "OAuth 2.0");
    }

    @Test
    void code_is_worth_nothing_without_its_proof_and_nothing_the_second_time() {
        String code = issuer.browser().code("acme-owner", "openid");
        Answer another = issuer.token(Browser.exchange(code, Browser.VERIFIER + "-and-not-this-one"));
        assertThat(another.status()).isEqualTo(400);
        assertThat(another.text("error")).isEqualTo("invalid_grant");

        String fresh = issuer.browser().code("acme-owner", "openid");
        assertThat(issuer.token(Browser.exchange(fresh, Browser.VERIFIER)).status())
                .isEqualTo(200);
        assertThat(issuer.token(Browser.exchange(fresh, Browser.VERIFIER)).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "redirect_uri, https://shop.example/signed-in, redirect_uri",
        "redirect_uri, http://127.0.0.1:18085/elsewhere, redirect_uri",
        "client_id, nobody, client_id",
        "response_type, '', response_type"
    })
    void who_asks_wrongly_and_may_not_be_redirected_reads_why_in_plain_words(
            String parameter, String value, String named) {
        Browser browser = issuer.browser();
        browser.signIn("acme-owner", "acme-owner");

        HttpResponse<String> refused = browser.authorize(Browser.request("openid", parameter, value));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(refused.body())
                .contains("You cannot sign in this way", "<code>" + named + "</code>")
                .doesNotContain("Exception", "springframework", "rfc", "{");
    }

    @Test
    void page_on_any_port_of_the_machine_may_be_returned_to() {
        Browser browser = issuer.browser();
        browser.signIn("acme-owner", "acme-owner");
        Map<String, String> request = Browser.request("openid", "redirect_uri", "http://127.0.0.1:4711/signed-in");

        assertThat(Browser.location(browser.authorize(request))).startsWith("http://127.0.0.1:4711/signed-in?code=");
    }

    @Test
    void unknown_name_and_wrong_password_get_the_same_answer() {
        HttpResponse<String> nobody = issuer.browser().signIn("nobody", "x");
        HttpResponse<String> wrong = issuer.browser().signIn("acme-owner", "x");

        assertThat(List.of(nobody.statusCode(), Browser.location(nobody)))
                .isEqualTo(List.of(wrong.statusCode(), Browser.location(wrong)))
                .isEqualTo(List.of(302, issuer.root() + "/sign-in?wrong"));
        assertThat(issuer.browser().get("/sign-in?wrong").body()).contains("Name and password do not belong together.");
    }

    @Test
    void form_that_another_page_filled_in_is_refused_in_plain_words() {
        HttpResponse<String> refused = issuer.browser()
                .post("/sign-in", Map.of("username", "acme-owner", "password", "acme-owner", "_csrf", "guessed"));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains("The form is no longer good", "Open the page again")
                .doesNotContain("Exception", "csrf", "{");
    }

    @Test
    void first_page_says_who_is_signed_in_and_lets_them_sign_out() {
        Browser browser = issuer.browser();
        assertThat(Browser.location(browser.get("/"))).endsWith("/sign-in");
        browser.signIn("globex-viewer", "globex-viewer");

        String page = browser.get("/").body();
        assertThat(page).contains("You are signed in", "<code>globex-viewer</code>");
        String csrf = page.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
        assertThat(Browser.location(browser.post("/sign-out", Map.of("_csrf", csrf))))
                .endsWith("/sign-in?out");
        assertThat(browser.get("/").statusCode()).isEqualTo(302);
    }

    @Test
    void pages_may_not_be_framed_and_run_no_script() {
        assertThat(issuer.browser().get("/sign-in").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(
                        policy -> assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'"));
    }

    /** A browser follows the redirect after the form only to where the policy lets the form lead. */
    @Test
    void form_may_lead_where_people_may_be_sent_and_nowhere_else(@TempDir Path folder) {
        assertThat(issuer.browser().get("/sign-in").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("form-action 'self' http://127.0.0.1:*;"));
        try (RunningIssuer other = RunningIssuer.start(
                folder.resolve("key.json"),
                "--wonflow.issuer.redirect-uris=http://localhost:3000/in,https://localhost:3443/in,https://127.0.0.1/in")) {
            assertThat(other.browser().get("/sign-in").headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains("form-action 'self' http://localhost:3000 https://127.0.0.1:*"
                                    + " https://localhost:3443;"));
        }
    }

    @Test
    void cookie_is_out_of_reach_for_scripts_and_for_the_parts_on_other_ports() {
        assertThat(issuer.browser().get("/sign-in").headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(
                        cookie -> assertThat(cookie).contains("wonflow-issuer=", "HttpOnly", "SameSite=Lax"));
    }

    @Test
    void address_that_leads_nowhere_is_answered_in_plain_words() {
        Browser browser = issuer.browser();
        browser.signIn("acme-owner", "acme-owner");
        HttpResponse<String> nothing = browser.get("/no-such-page");

        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.body())
                .contains("There is nothing here")
                .doesNotContain("Exception", "springframework", "no-such-page", "{");
    }

    @Test
    void name_that_only_points_at_this_machine_is_refused() throws IOException {
        URI root = URI.create(issuer.root());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), root.getPort())) {
            socket.getOutputStream()
                    .write("GET /sign-in HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .doesNotContain("Exception", "springframework", "Who you can be");
        }
    }
}
