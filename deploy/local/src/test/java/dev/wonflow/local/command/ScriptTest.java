package dev.wonflow.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The script in a clone in which nothing was built, on a machine with a Maven that only tells what it was asked for.
 */
@Timeout(60)
class ScriptTest {

    private static final Path MODULE = Path.of("").toAbsolutePath();

    @TempDir
    private Path folder;

    private Path clone;

    @BeforeEach
    void cloneWithoutBuilding() throws IOException {
        clone = folder.resolve("clone");
        Files.createDirectories(clone.resolve("deploy/local/help"));
        Files.copy(MODULE.resolve("../../wonflow"), clone.resolve("wonflow"));
        try (Stream<Path> texts = Files.list(MODULE.resolve("help"))) {
            for (Path text : texts.toList()) {
                Files.copy(text, clone.resolve("deploy/local/help").resolve(text.getFileName()));
            }
        }
        Path maven = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\necho \"$@\" >>'" + folder + "/asked'\nexit 1\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--help, wonflow",
        "-h, wonflow",
        "help, wonflow",
        "'', wonflow",
        "up --help, wonflow-up",
        "sandbox --help, wonflow-sandbox",
        "sandbox --port 1234 -h, wonflow-sandbox",
        "clock --help, wonflow-clock",
        "clock advance --help, wonflow-clock-advance",
        "clock advance 3d --help, wonflow-clock-advance",
        "--version, version",
        "up -V, version"
    })
    void help_builds_nothing_and_leaves_nothing_behind(String line, String text) throws Exception {
        Run run = run(line);

        assertThat(run.output()).isEqualTo(Files.readString(MODULE.resolve("help/" + text + ".txt")));
        assertThat(run.exitCode()).isZero();
        assertThat(asked()).isEmpty();
        assertThat(clone.resolve(".wonflow")).doesNotExist();
    }

    @Test
    void unknown_command_is_told_without_a_build() throws Exception {
        Run run = run("strat --fast");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output())
                .isEqualTo("There is no command strat. The commands are: up, down, status, restart, logs, demo, pay,"
                        + " token, mails, sandbox, trigger, listen, clock\nHelp: ./wonflow --help\n");
        assertThat(asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox, 'toss-sandbox,deploy/local'",
        "status, deploy/local",
        "down, deploy/local",
        "logs kafka, deploy/local",
        "trigger, deploy/local",
        "clock advance 3d, deploy/local",
        "pay ord_12345678, deploy/local",
        "token --tenant acme, deploy/local",
        "up, 'deploy/issuer,toss-sandbox,order-service,payment-service,webhook-ingest,subscription-service,deploy/local'"
    })
    void no_more_is_built_than_the_command_needs(String line, String modules) throws Exception {
        Run run = run(line);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(asked()).singleElement().satisfies(call -> assertThat(call).contains("-pl " + modules + " -am "));
    }

    private record Run(int exitCode, String output) {}

    private Run run(String line) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(clone.resolve("wonflow").toString()));
        Stream.of(line.split(" ")).filter(word -> !word.isEmpty()).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("WONFLOW_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().merge("PATH", folder + "/bin", (old, first) -> first + ":" + old);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    private List<String> asked() throws IOException {
        Path asked = folder.resolve("asked");
        return Files.exists(asked) ? Files.readAllLines(asked) : List.of();
    }
}
