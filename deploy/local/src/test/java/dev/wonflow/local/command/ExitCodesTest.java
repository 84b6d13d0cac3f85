package dev.wonflow.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.local.screen.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What every command, option and value ends with: 2 if it was not understood, 1 if it could not be done. */
class ExitCodesTest {

    /** A command line that makes no sense, and what is said about it. */
    private static final List<List<String>> NOT_UNDERSTOOD = List.of(
            row("strat", "There is no command strat. The commands are: up, down, "),
            row("--fast", "Unknown option: '--fast'"),
            row("up --fast", "Unknown option: '--fast'"),
            row("up now", "Unmatched argument at index 1: 'now'"),
            row("down --fast", "Unknown option: '--fast'"),
            row("status --fast", "Unknown option: '--fast'"),
            row("restart", "Missing required parameter: 'SERVICE'"),
            row("restart nobody", "There is no part nobody. The parts are: postgres, kafka, "),
            row("logs", "Missing required parameter: 'SERVICE'"),
            row("logs --tail", "Unknown option: '--tail'"),
            row("logs -1", "There is no part -1. The parts are: "),
            row("logs nobody", "There is no part nobody. The parts are: postgres, kafka, "),
            row("logs nobody -f", "There is no part nobody. The parts are: postgres, kafka, "),
            row("logs kafka postgres", "Unmatched argument at index 2: 'postgres'"),
            row("demo --fast", "Unknown option: '--fast'"),
            row("pay", "Missing required parameter: 'ORDER_ID'"),
            row("pay --fast", "Unknown option: '--fast'"),
            row("pay x", "x is not an order id (expected: ord_ and 32 more characters)"),
            row("pay ord_12345678 --approve --decline", "--approve", "--decline"),
            row("pay ord_12345678 --cancel --decline", "--cancel", "--decline"),
            row("pay ord_12345678 --tenant", "Missing required parameter for option '--tenant' (TENANT)"),
            row("pay ord_12345678 --tenant nobody", "--tenant: nobody (expected: acme or globex)"),
            row("token", "--tenant: missing (expected: acme or globex)"),
            row("token --tenant", "Missing required parameter for option '--tenant' (TENANT)"),
            row("token --tenant nobody", "--tenant: nobody (expected: acme or globex)"),
            row("token --user owner", "--tenant: missing (expected: acme or globex)"),
            row("token --tenant acme --user boss", "--user: boss (expected: owner, member, viewer or operator)"),
            row("token --tenant acme --user operator", "--tenant: acme (expected: none, the operator belongs to no"),
            row("token --tenant acme --permission ALL", "--permission: ALL (expected: one such as checkout:write)"),
            row("token --tenant acme --permission", "Missing required parameter for option '--permission'"),
            row("token acme", "Unmatched argument at index 1: 'acme'"),
            row("mails last", "Invalid value for positional parameter", "'last' is not an int"),
            row("mails 0 --json", "NUMBER: 0 (expected: 1 or more"),
            row("mails --to", "Missing required parameter for option '--to' (ADDRESS)"),
            row("mails 1 2", "Unmatched argument at index 2: '2'"),
            row("sandbox --port 0", "--port: 0 (expected: a number from 1 to 65535)"),
            row("sandbox --port -1", "--port: -1 (expected: a number from 1 to 65535)"),
            row("sandbox --port 65536", "--port: 65536 (expected"),
            row("sandbox --port http", "Invalid value for option '--port'"),
            row("sandbox --webhook-url ftp://localhost/x", "--webhook-url: ftp://localhost/x (expected: an http or"),
            row("sandbox --webhook-url http://", "--webhook-url: http:// (expected: an http or https address"),
            row("sandbox --webhook-url http://a^b/", "--webhook-url: http://a^b/ (expected: an http or https address"),
            row("sandbox --state .", "--state: . is a folder (expected: a file"),
            row("sandbox --profile", "Missing required parameter for option '--profile' (NAME)"),
            row("sandbox payment.capacity", "payment.capacity is no setting (expected: NAME=VALUE"),
            row("trigger payment.gone", "There is no event payment.gone. The events are: payment.done, "),
            row("trigger payment.done va.deposit", "Unmatched argument at index 2: 'va.deposit'"),
            row("trigger payment.done --amount 99", "--amount: 99 (expected: 100 or more)"),
            row("trigger payment.done --amount 100.5", "Invalid value for option '--amount'"),
            row("trigger payment.done --amount -5", "--amount: -5 (expected: 100 or more)"),
            row("trigger payment.done --cancel-amount 0", "--cancel-amount: 0 (expected: 1 or more)"),
            row("trigger payment.done --order", "Missing required parameter for option '--order' (ORDER_ID)"),
            row("trigger payment.done --payment", "Missing required parameter for option '--payment' (KEY)"),
            row("trigger payment.done --code", "Missing required parameter for option '--code' (CODE)"),
            row("trigger payment.done --billing-key", "Missing required parameter for option '--billing-key' (KEY)"),
            row("trigger payment.done --customer", "Missing required parameter for option '--customer' (KEY)"),
            row("trigger payment.done --secret-key", "Missing required parameter for option '--secret-key' (KEY)"),
            row("trigger payment.done --sandbox localhost", "--sandbox: localhost (expected: an address such as"),
            row("trigger payment.done --sandbox http://:1", "--sandbox: http://:1 (expected: an address such as"),
            row("listen --forward-to localhost:3000", "--forward-to: localhost:3000 (expected: an http or https"),
            row("listen --forward-to http://a^b", "--forward-to: http://a^b (expected: an http or https address"),
            row("listen --sandbox http://a:99999", "--sandbox: http://a:99999 (expected: an address such as"),
            row("listen --secret-key", "Missing required parameter for option '--secret-key' (KEY)"),
            row("clock tomorrow", "There is no command clock tomorrow. The commands are: advance, align, "),
            row("clock advance", "Missing required parameter: 'AMOUNT'"),
            row("clock advance tomorrow", "tomorrow is no amount of time (expected: 90s, 11m"),
            row(
                    "clock advance -3d",
                    "-3d would move the clock back, and it only goes forward",
                    "./wonflow clock reset"),
            row("clock advance -PT5M", "-PT5M would move the clock back"),
            row("clock advance PT-5M", "PT-5M would move the clock back"),
            row("clock advance 0s", "0s does not move the clock (expected: 90s, 11m"),
            row("clock advance --fast", "Unknown option: '--fast'"),
            row("clock advance --fast 3d", "Unknown option: '--fast'"),
            row("clock advance 3d 12h", "3d 12h (expected: one amount, such as 1d12h)"),
            row("clock advance 3d --dry-run", "--dry-run needs --tenant"),
            row("clock advance --tenant 3d", "Missing required parameter: 'AMOUNT'"),
            row("clock advance --tenant nobody 3d", "--tenant: nobody (expected: acme or globex)"),
            row("clock advance --tenant acme -3d", "-3d would move the clock back"),
            row("clock show --tenant", "Missing required parameter for option '--tenant' (TENANT)"),
            row("clock show --tenant nobody", "--tenant: nobody (expected: acme or globex)"),
            row("clock to 2099-12-31 --tenant nobody", "--tenant: nobody (expected: acme or globex)"),
            row("clock to 2099-12-31 --dry-run", "--dry-run needs --tenant"),
            row("clock to", "Missing required parameter: 'MOMENT'"),
            row("clock to tomorrow", "tomorrow is no moment (expected: 2026-12-31"),
            row("clock to -3d", "-3d is no moment (expected: 2026-12-31"),
            row("clock snapshot now", "Unmatched argument at index 2: 'now'"),
            row("clock reset --fast", "Unknown option: '--fast'"),
            row("clock reset a b", "Unmatched argument at index 3: 'b'"),
            row("clock align --fast", "Unknown option: '--fast'"));

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void pretendToBeTheRepository() throws IOException {
        Files.createDirectories(folder.resolve("deploy/local"));
        Files.createFile(folder.resolve("deploy/local/pom.xml"));
    }

    @ParameterizedTest
    @FieldSource("NOT_UNDERSTOOD")
    void what_was_not_understood_ends_with_2_and_is_explained(List<String> row) {
        assertThat(run(Map.of(), row.getFirst())).as(errors()).isEqualTo(2);
        assertThat(errors()).contains(row.subList(1, row.size())).doesNotContain("Exception", "\tat ");
        assertThat(errors()).as("what to do next").containsAnyOf("expected", "Help: ./wonflow", "./wonflow clock");
    }

    /** A new command, option or parameter needs a row above. */
    @Test
    void every_command_option_and_parameter_has_a_row() {
        Set<String> missing = new TreeSet<>();
        everyCommand(Wonflow.commandLine(surroundings(Map.of()))).forEach(command -> {
            String path = command.getCommandSpec()
                    .qualifiedName()
                    .replaceFirst("^\\./wonflow ?", "")
                    .strip();
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.usageHelp() && !option.versionHelp() && !isIn(path, option)) {
                    missing.add(path + " " + option.longestName());
                }
            }
            if (rows(path).isEmpty()) {
                missing.add(path);
            }
        });

        assertThat(missing).isEmpty();
    }

    private static boolean isIn(String path, OptionSpec option) {
        return rows(path).stream()
                .anyMatch(line -> Arrays.stream(option.names())
                        .anyMatch(name -> List.of(line.split(" ")).contains(name)));
    }

    private static List<String> rows(String path) {
        return NOT_UNDERSTOOD.stream()
                .map(List::getFirst)
                .filter(line -> line.equals(path) || line.startsWith(path + " ") || path.isEmpty())
                .toList();
    }

    private static Stream<CommandLine> everyCommand(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().distinct().flatMap(ExitCodesTest::everyCommand));
    }

    static Stream<Map<String, String>> variables() {
        return Stream.of(
                Map.of("WONFLOW_PORT_ORDER", "http"),
                Map.of("WONFLOW_PORT_ORDER", "0"),
                Map.of("WONFLOW_PORT_ORDER", "-1"),
                Map.of("WONFLOW_PORT_ORDER", "18082"),
                Map.of("WONFLOW_PORT_OFFSET", "60000"),
                Map.of("WONFLOW_PORT_OFFSET", "-1"));
    }

    @ParameterizedTest
    @MethodSource("variables")
    void variable_that_was_not_understood_ends_with_2_and_is_named(Map<String, String> environment) {
        assertThat(run(environment, "status")).as(errors()).isEqualTo(2);
        assertThat(errors()).contains("WONFLOW_PORT_").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trigger payment.done",
                "clock",
                "clock advance 3d",
                "clock snapshot",
                "clock reset",
                "clock align"
            })
    void what_cannot_be_done_ends_with_1_and_says_what_to_do(String line) throws IOException {
        assertThat(run(Map.of("WONFLOW_PORT_SANDBOX", Integer.toString(freePort())), line))
                .as(errors())
                .isEqualTo(1);
        assertThat(errors()).contains("There is no sandbox at http://127.0.0.1:", "./wonflow sandbox", "./wonflow up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token --tenant acme",
                "token --tenant globex --user viewer",
                "token --user operator --permission operator:actuator"
            })
    void without_an_issuer_there_is_no_token(String line) throws IOException {
        assertThat(run(Map.of("WONFLOW_PORT_ISSUER", Integer.toString(freePort())), line))
                .as(errors())
                .isEqualTo(1);
        assertThat(errors()).contains("There is no issuer at http://127.0.0.1:", "./wonflow up");
        assertThat(output.size()).as("what the shell would take for a token").isZero();
    }

    @Test
    void state_folder_that_cannot_be_used_ends_with_1_and_is_named() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(run(Map.of("WONFLOW_HOME", file.toString()), "status")).isEqualTo(1);
        assertThat(errors()).contains(file.toString(), "WONFLOW_HOME").doesNotContain("Exception", "\tat ");
    }

    @Test
    void log_that_is_not_there_yet_ends_with_1() {
        assertThat(run(Map.of(), "logs kafka")).isEqualTo(1);
        assertThat(errors()).contains("kafka has no log yet", "./wonflow up");
    }

    @Test
    void help_and_version_end_with_0() {
        everyCommand(Wonflow.commandLine(surroundings(Map.of()))).forEach(command -> {
            String path = command.getCommandSpec().qualifiedName().replaceFirst("^\\./wonflow ?", "");
            assertThat(run(Map.of(), path + " --help")).as(path).isZero();
        });
        assertThat(run(Map.of(), "--version")).isZero();
        assertThat(errors()).isEmpty();
    }

    private static List<String> row(String line, String... said) {
        return Stream.concat(Stream.of(line), Stream.of(said)).collect(Collectors.toUnmodifiableList());
    }

    private int run(Map<String, String> environment, String line) {
        return Wonflow.execute(
                surroundings(environment),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                line.strip().split(" "));
    }

    private Surroundings surroundings(Map<String, String> environment) {
        return new Surroundings(
                folder,
                environment,
                Instant.EPOCH,
                () -> new UUID(1, 2),
                new Random(1),
                Terminal.plain(new PrintStream(output, true, StandardCharsets.UTF_8)),
                Optional.of(folder.resolve("handover")));
    }

    private String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
