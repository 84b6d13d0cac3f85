package dev.wonflow.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.local.sandbox.Trigger;
import dev.wonflow.local.screen.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands around the sandbox make of their arguments, without a sandbox. */
class SandboxCommandsTest {

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
    void a_taken_port_is_explained_with_another_one() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("sandbox", "--port", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(1);
            assertThat(errors())
                    .contains("Port " + taken.getLocalPort() + " is in use by", "--port " + (taken.getLocalPort() + 1));
        }
    }

    @Test
    void without_an_event_trigger_lists_them_all() {
        assertThat(run("trigger")).isZero();
        for (Trigger trigger : Trigger.values()) {
            assertThat(output.toString(StandardCharsets.UTF_8)).contains("  " + trigger.event() + " ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, not at all",
        "PT0.4S, not at all",
        "PT11M, 11 min 0 s",
        "PT71H59M59.9S, 3 d 0 h 0 min 0 s",
        "PT49H1S, 2 d 1 h 0 min 1 s",
        "PT-5M, 5 min 0 s behind"
    })
    void how_far_ahead_is_said_in_words(Duration ahead, String words) {
        assertThat(ClockCommand.inWords(ahead)).isEqualTo(words);
    }

    private int run(String... arguments) {
        Surroundings surroundings = new Surroundings(
                folder,
                Map.of(),
                Instant.EPOCH,
                () -> new UUID(1, 2),
                new Random(1),
                Terminal.plain(new PrintStream(output, true, StandardCharsets.UTF_8)),
                Optional.of(folder.resolve("handover")));
        return Wonflow.execute(surroundings, new PrintStream(errors, true, StandardCharsets.UTF_8), arguments);
    }

    private String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }
}
