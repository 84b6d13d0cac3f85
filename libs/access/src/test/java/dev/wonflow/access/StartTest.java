package dev.wonflow.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wonflow.runtime.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service that would be open, or trust the wrong keys, does not start. */
class StartTest {

    private static final String ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";

    @Test
    void without_an_issuer_there_is_no_service() {
        Throwable cause = failureOf(Shop.class);

        assertThat(cause).hasMessage(ISSUER + ": not set (expected: the issuer whose tokens are accepted)");
        assertThat(cause)
                .isInstanceOfSatisfying(
                        StartRefused.class,
                        refused -> assertThat(refused.cure())
                                .contains("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "http://issuer.example",
                "http://" + NamesOfTests.HERE_TODAY,
                "http://127.0.0.1.issuer.example",
                "http://127.0.0.1@issuer.example",
                "http://0.0.0.0",
                "http://[::]",
                "ftp://127.0.0.1",
                "https://",
                "not a URL",
                "file:///tmp/keys"
            })
    void issuer_whose_keys_others_could_send_is_refused(String issuer) {
        assertThat(failureOf(Shop.class, "--" + ISSUER + "=" + issuer))
                .isInstanceOf(IssuerUnusable.class)
                .hasMessageContaining(ISSUER);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1, any.key=live_sk_0123456789, beside a live key in any.key",
        "http://localhost:1, any.key=live_sk_0123456789, beside a live key in any.key",
        "https://[::1]:1, any.key=live_gsk_0123456789, beside a live key in any.key",
        "http://127.0.0.1:1, wonflow.stage=Production, in stage production"
    })
    void issuer_on_this_machine_signs_nobody_in_where_money_is_real(String issuer, String setting, String complaint) {
        Throwable cause = failureOf(Shop.class, "--" + ISSUER + "=" + issuer, "--" + setting);

        assertThat(cause)
                .isInstanceOf(IssuerUnusable.class)
                .hasMessage(ISSUER + ": " + issuer + " " + complaint
                        + " (expected: https, and not this machine, where money is real)")
                .hasMessageNotContaining("0123456789");
        assertThat(cause)
                .isInstanceOfSatisfying(
                        StartRefused.class,
                        refused -> assertThat(refused.cure()).contains("URL of your OpenID provider"));
    }

    @Test
    void keys_from_this_machine_are_refused_as_well_where_money_is_real() {
        assertThat(failureOf(
                        Shop.class,
                        "--" + ISSUER + "=https://issuer.example",
                        "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:1/keys",
                        "--any.key=live_sk_0123456789"))
                .isInstanceOf(IssuerUnusable.class)
                .hasMessageContaining("jwk-set-uri: http://127.0.0.1:1/keys beside a live key in any.key");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1, any.key=test_sk_0123456789",
        "http://localhost:1, any.key=test_sk_0123456789",
        "http://[::1]:1, wonflow.stage=local",
        "https://issuer.example, any.key=live_sk_0123456789",
        "https://issuer.example, wonflow.stage=production",
        "http://127.0.0.1:1, any.text=${a.gap.nothing.fills}"
    })
    void issuer_fits_what_the_service_is_for(String issuer, String setting) {
        try (ConfigurableApplicationContext shop = new SpringApplicationBuilder(Shop.class)
                .run("--server.port=0", "--server.address=127.0.0.1", "--" + ISSUER + "=" + issuer, "--" + setting)) {
            assertThat(shop.isActive()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "spring.security.oauth2.resourceserver.jwt.jws-algorithms=HS256, HS256 (expected: algorithms with a public key",
        "spring.security.oauth2.resourceserver.jwt.jws-algorithms=none, none (expected: algorithms with a public key",
        "wonflow.access.clock-skew=31s, wonflow.access.clock-skew: PT31S (expected: 0 to PT30S)",
        "wonflow.access.keys-fresh=0s, wonflow.access.keys-fresh: PT0S (expected: more than 0)",
        "wonflow.access.keys-grace=1s, wonflow.access.keys-grace: PT1S (expected: keys-fresh or more)"
    })
    void setting_that_would_weaken_it_is_refused(String setting, String complaint) {
        assertThat(failureOf(Shop.class, "--" + ISSUER + "=https://issuer.example", "--" + setting))
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Forgotten.class,
                Undecided.class,
                Wordless.class,
                Nobody.class,
                Misspelt.class,
                Both.class,
                Tenantless.class
            })
    void route_nobody_decided_about_is_named(Class<?> service) {
        assertThat(failureOf(service, "--" + ISSUER + "=https://issuer.example"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("route " + service.getName() + "#mugs");
    }

    private static Throwable failureOf(Class<?> service, String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        all[0] = "--server.port=0";
        all[1] = "--server.address=127.0.0.1";
        Throwable failure = catchThrowable(() -> {
            try (ConfigurableApplicationContext _ = new SpringApplicationBuilder(service).run(all)) {
                throw new AssertionError("started");
            }
        });
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof IssuerUnusable)) {
            root = root.getCause();
        }
        return root;
    }

    @EnableAutoConfiguration
    @RestController
    static class Forgotten {

        @GetMapping("/mugs")
        String mugs() {
            return "";
        }
    }

    @EnableAutoConfiguration
    @RestController
    static class Undecided {

        @AllowedTo("mug:read")
        @OpenToAll(because = "someone else thought so")
        @GetMapping("/mugs")
        String mugs() {
            return "";
        }
    }

    @EnableAutoConfiguration
    @RestController
    static class Wordless {

        @AllowedTo({})
        @GetMapping("/mugs")
        String mugs() {
            return "";
        }
    }

    @EnableAutoConfiguration
    @RestController
    static class Nobody {

        @OpenToAll(because = "it shows nothing")
        @GetMapping("/mugs")
        String mugs(Caller caller) {
            return caller.subject();
        }
    }

    @EnableAutoConfiguration
    @RestController
    static class Misspelt {

        @AllowedTo("mugread")
        @GetMapping("/mugs")
        String mugs() {
            return "";
        }
    }

    @EnableAutoConfiguration
    @RestController
    static class Both {

        @AllowedTo({"mug:read", "operator:mugs"})
        @GetMapping("/mugs")
        String mugs() {
            return "";
        }
    }

    @EnableAutoConfiguration
    @RestController
    static class Tenantless {

        @AllowedTo("operator:mugs")
        @GetMapping("/mugs")
        String mugs(Caller caller) {
            return caller.subject();
        }
    }
}
