package dev.wonflow.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.local.screen.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WonflowTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void unknown_command_exits_with_2_and_lists_the_commands() {
        assertThat(run("strat")).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains(
                        "There is no command strat",
                        "up, down, status, restart, logs, demo, pay, token, mails, sandbox, trigger, listen, clock",
                        "./wonflow --help");
    }

    @Test
    void unknown_option_exits_with_2_and_names_the_commands_help() {
        assertThat(run("up", "--fast")).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("--fast", "./wonflow up --help");
    }

    @Test
    void every_command_explains_itself() {
        for (String command : new String[] {
            "up", "down", "status", "restart", "logs", "demo", "pay", "token", "sandbox", "trigger", "listen", "clock"
        }) {
            assertThat(run(command, "--help")).as(command).isZero();
        }
        assertThat(errors.size()).isZero();
    }

    @Test
    void folder_that_is_not_the_repository_is_explained_without_a_stack_trace() {
        assertThat(run("status")).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("is not Wonflow's repository")
                .doesNotContain("Exception");
    }

    private int run(String... args) {
        Surroundings surroundings = new Surroundings(
                folder,
                Map.of("WONFLOW_HOME", folder.resolve("state").toString()),
                Instant.EPOCH,
                () -> new UUID(1, 2),
                new Random(1),
                Terminal.plain(new PrintStream(output, true, StandardCharsets.UTF_8)),
                Optional.empty());
        return Wonflow.execute(surroundings, new PrintStream(errors, true, StandardCharsets.UTF_8), args);
    }
}
