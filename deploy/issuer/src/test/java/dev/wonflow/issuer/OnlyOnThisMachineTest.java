package dev.wonflow.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Everybody knows its passwords, so it does not start where others could reach it. */
@ExtendWith(OutputCaptureExtension.class)
class OnlyOnThisMachineTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.address=0.0.0.0",
                "server.address=",
                "spring.security.oauth2.authorizationserver.issuer=https://sign-in.shop.example",
                "spring.security.oauth2.authorizationserver.issuer=http://192.168.1.20:18086",
                "wonflow.issuer.redirect-uris=https://shop.example/signed-in",
                "wonflow.issuer.redirect-uris=http://127.0.0.1/signed-in,http://127.0.0.1.evil.example/signed-in",
                "wonflow.issuer.redirect-uris=myapp://127.0.0.1/signed-in",
                "wonflow.issuer.redirect-uris=http://[::1]/signed-in"
            })
    void setting_that_leads_off_this_machine_is_refused_with_what_to_do_instead(String setting, CapturedOutput output)
            throws IOException {
        int port = RunningIssuer.freePort();

        Throwable refused = catchThrowable(() -> SpringApplication.run(
                        IssuerApplication.class,
                        "--server.port=" + port,
                        "--wonflow.issuer.key-file=" + folder.resolve("key.json"),
                        "--" + setting)
                .close());

        assertThat(refused).as("the start").isNotNull();
        assertThat(output)
                .contains(setting.replaceFirst("=.*", ""), "for a laptop", "a real OpenID provider", "issuer-uri")
                .doesNotContain("\tat ");
        try (ServerSocket free = new ServerSocket()) {
            free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.0.0.0", "::"})
    void port_of_its_own_for_its_health_is_held_to_this_machine_too(String address, CapturedOutput output)
            throws IOException {
        int port = RunningIssuer.freePort();
        int health = RunningIssuer.freePort();

        Throwable refused = catchThrowable(() -> SpringApplication.run(
                        IssuerApplication.class,
                        "--server.port=" + port,
                        "--wonflow.issuer.key-file=" + folder.resolve("key.json"),
                        "--management.server.port=" + health,
                        "--management.server.address=" + address)
                .close());

        assertThat(refused).as("the start").isNotNull();
        assertThat(output)
                .contains("management.server.address: ", "(expected: 127.0.0.1)", "for a laptop")
                .doesNotContain("\tat ");
        for (int each : new int[] {port, health}) {
            try (ServerSocket free = new ServerSocket()) {
                free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), each));
            }
        }
    }

    @Test
    void port_of_its_own_on_this_machine_tells_its_health() {
        int health = RunningIssuer.freePort();
        try (RunningIssuer issuer = RunningIssuer.start(
                folder.resolve("key.json"),
                "--management.server.port=" + health,
                "--management.server.address=127.0.0.1")) {
            assertThat(issuer.at("http://127.0.0.1:" + health + "/actuator/health")
                            .text("status"))
                    .isEqualTo("UP");
        }
    }

    @Test
    void life_of_a_token_has_limits(CapturedOutput output) {
        Throwable refused =
                catchThrowable(() -> SpringApplication.run(IssuerApplication.class, "--wonflow.issuer.token-life=1s")
                        .close());

        assertThat(refused).isNotNull();
        assertThat(output).contains("wonflow.issuer.token-life: PT1S (expected: from PT30S to PT12H)");
    }
}
