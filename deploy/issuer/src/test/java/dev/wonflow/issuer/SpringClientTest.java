package dev.wonflow.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Pages made with Spring Security's own client, which knows the issuer by its address alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringClientTest {

    private static final String SCOPES = "openid,tenant:billing,tenant:billing:read,checkout:write,order:fulfil";

    private RunningIssuer issuer;
    private ConfigurableApplicationContext pages;
    private String root;

    @BeforeAll
    void start(@TempDir Path folder) {
        issuer = RunningIssuer.start(
                folder.resolve("key.json"),
                "--wonflow.issuer.redirect-uris=http://127.0.0.1/login/oauth2/code/wonflow");
        pages = new SpringApplicationBuilder(Pages.class)
                .run(
                        "--spring.config.name=none",
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--server.servlet.session.cookie.name=wonflow-pages",
                        "--spring.autoconfigure.exclude=org.springframework.boot.security.oauth2.server.authorization"
                                + ".autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration",
                        "--spring.security.oauth2.client.registration.wonflow.client-id=wonflow-pages",
                        "--spring.security.oauth2.client.registration.wonflow.client-authentication-method=none",
                        "--spring.security.oauth2.client.registration.wonflow.authorization-grant-type=authorization_code",
                        "--spring.security.oauth2.client.registration.wonflow.redirect-uri="
                                + "{baseUrl}/login/oauth2/code/{registrationId}",
                        "--spring.security.oauth2.client.registration.wonflow.scope=" + SCOPES,
                        "--spring.security.oauth2.client.provider.wonflow.issuer-uri=" + issuer.root());
        root = "http://127.0.0.1:" + pages.getEnvironment().getProperty("local.server.port");
    }

    @AfterAll
    void stop() {
        pages.close();
        issuer.close();
    }

    @Test
    void person_signs_in_with_nonce_and_proof_and_out_of_both() {
        Browser browser = issuer.browser();
        HttpResponse<String> asked = browser.follow(root + "/");
        assertThat(asked.uri()).as("where people say who they are").hasToString(issuer.root() + "/sign-in");
        assertThat(browser.passed())
                .anySatisfy(address -> assertThat(address)
                        .startsWith(issuer.root() + "/oauth2/authorize?")
                        .contains("nonce=", "code_challenge=", "code_challenge_method=S256", "state="));

        HttpResponse<String> back = browser.follow(Browser.location(browser.signIn("acme-member", "acme-member")));

        assertThat(back.uri()).as(back.body()).hasToString(root + "/?continue");
        assertThat(back.body()).isEqualTo("acme-member nonce:true checkout:write openid tenant:billing:read");

        HttpResponse<String> out = browser.follow(Browser.location(browser.post(root + "/logout", Map.of())));
        assertThat(browser.passed())
                .anySatisfy(address -> assertThat(address)
                        .startsWith(issuer.root() + "/connect/logout?")
                        .contains("id_token_hint=", "post_logout_redirect_uri="));
        assertThat(out.uri())
                .as("the page, and from there to a sign-in that asks again")
                .hasToString(issuer.root() + "/sign-in");
        assertThat(browser.passed()).contains(root + "/");
    }

    @Test
    void sign_out_leads_to_no_foreign_page() {
        Browser browser = issuer.browser();
        browser.follow(root + "/");
        browser.follow(Browser.location(browser.signIn("acme-viewer", "acme-viewer")));

        for (String page : new String[] {
            "https://shop.example/",
            "http://127.0.0.1.shop.example/",
            "http://127.0.0.1@shop.example/",
            "//shop.example",
            "nonsense"
        }) {
            String logout = Browser.location(browser.post(root + "/logout", Map.of()))
                    .replaceAll("post_logout_redirect_uri=[^&]*", "post_logout_redirect_uri=" + page);
            HttpResponse<String> refused = browser.get(logout);

            assertThat(refused.statusCode()).as(page).isEqualTo(400);
            assertThat(refused.body()).doesNotContain("shop.example", "Exception", "springframework");
            browser.follow(root + "/");
        }
    }

    @Test
    void everything_the_issuer_says_it_has_is_there() {
        Map<String, Object> found =
                issuer.get("/.well-known/openid-configuration").body();

        assertThat(found.keySet())
                .contains(
                        "authorization_endpoint",
                        "token_endpoint",
                        "jwks_uri",
                        "userinfo_endpoint",
                        "end_session_endpoint");
        found.forEach((what, where) -> {
            if (what.endsWith("_endpoint") || what.endsWith("_uri")) {
                assertThat(issuer.browser()
                                .get(URI.create(where.toString()).getRawPath())
                                .statusCode())
                        .as(what)
                        .isNotIn(404, 500);
            }
        });
    }

    /** No component: the issuer's own scan must not find it. */
    @EnableAutoConfiguration
    static class Pages {

        @Bean
        SecurityFilterChain everybodySignsIn(HttpSecurity http, ClientRegistrationRepository clients) {
            OidcClientInitiatedLogoutSuccessHandler signOut = new OidcClientInitiatedLogoutSuccessHandler(clients);
            signOut.setPostLogoutRedirectUri("{baseUrl}/");
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .oauth2Login(Customizer.withDefaults())
                    .csrf(AbstractHttpConfigurer::disable)
                    .logout(logout -> logout.logoutSuccessHandler(signOut))
                    .build();
        }

        @Bean
        RouterFunction<ServerResponse> firstPage(OAuth2AuthorizedClientRepository tokens) {
            return RouterFunctions.route()
                    .GET("/", request -> ServerResponse.ok().body(said(request, tokens)))
                    .build();
        }

        private static String said(ServerRequest request, OAuth2AuthorizedClientRepository tokens) {
            OAuth2AuthenticationToken signedIn =
                    (OAuth2AuthenticationToken) request.principal().orElseThrow();
            OidcUser person = (OidcUser) signedIn.getPrincipal();
            OAuth2AuthorizedClient client =
                    Objects.requireNonNull(tokens.loadAuthorizedClient("wonflow", signedIn, request.servletRequest()));
            return person.getSubject() + " nonce:" + (person.getIdToken().getNonce() != null) + " "
                    + String.join(
                            " ",
                            client.getAccessToken().getScopes().stream()
                                    .sorted()
                                    .toList());
        }
    }
}
