package dev.wonflow.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.local.issuer.FakeIssuer;
import dev.wonflow.local.screen.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token for a shell to put into a command: nothing else may be on standard output. */
class TokenCommandTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void pretendToBeTheRepository() throws IOException {
        Files.createDirectories(folder.resolve("deploy/local"));
        Files.createFile(folder.resolve("deploy/local/pom.xml"));
    }

    @Test
    void token_stands_alone_on_standard_output_and_advice_beside_it() throws IOException {
        try (FakeIssuer issuer = FakeIssuer.giving("tenant:billing:read")) {
            assertThat(run(issuer.port(), "token", "--tenant", "acme", "--permission", "tenant:billing:read"))
                    .as(errors())
                    .isZero();
        }
        assertThat(output()).isEqualTo("the-token" + System.lineSeparator());
        assertThat(errors()).contains("Token of acme-shop, good for 10 minutes: tenant:billing:read");
    }

    @Test
    void nothing_is_on_standard_output_when_there_is_no_token() throws IOException {
        try (FakeIssuer issuer = FakeIssuer.giving("checkout:write")) {
            assertThat(run(issuer.port(), "token", "--tenant", "acme")).isEqualTo(1);
        }
        assertThat(output()).isEmpty();
        assertThat(errors()).contains("acme-shop may not have order:fulfil").doesNotContain("Exception");
    }

    private int run(int port, String... arguments) {
        Surroundings surroundings = new Surroundings(
                folder,
                Map.of("WONFLOW_PORT_ISSUER", Integer.toString(port)),
                Instant.EPOCH,
                () -> new UUID(1, 2),
                new Random(1),
                Terminal.plain(new PrintStream(output, true, StandardCharsets.UTF_8)),
                Optional.empty());
        return Wonflow.execute(surroundings, new PrintStream(errors, true, StandardCharsets.UTF_8), arguments);
    }

    private String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }
}
