package dev.wonflow.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
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
        assertThat(new IssuerUnusableAnalyzer().analyze(cause))
                .extracting(FailureAnalysis::getAction, STRING)
                .contains("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" ", "http://issuer.example", "ftp://127.0.0.1", "https://", "not a URL", "file:///tmp/keys"})
    void issuer_whose_keys_others_could_send_is_refused(String issuer) {
        assertThat(failureOf(Shop.class, "--" + ISSUER + "=" + issuer))
                .isInstanceOf(IssuerUnusable.class)
                .hasMessageContaining(ISSUER);
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
    @ValueSource(classes = {Forgotten.class, Undecided.class, Wordless.class, Nobody.class, Misspelt.class})
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
        @OpenToAll(because = "somebody else thought so")
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
}
