package dev.wonflow.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.local.screen.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The script answers --help from files, so that nobody has to build for it; they say what the program says. */
class HelpTextsTest {

    private static final Path FILES = Path.of("help");

    private static final Path WRITTEN = Path.of("target", "help");

    @Test
    void files_of_the_script_say_what_the_program_says() throws IOException {
        Map<String, String> texts = texts();
        Files.createDirectories(WRITTEN);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Files.writeString(WRITTEN.resolve(text.getKey()), text.getValue());
        }

        assertThat(files())
                .as("deploy/local/help; the right texts were written to deploy/local/target/help: copy them from there")
                .containsExactlyInAnyOrderEntriesOf(texts);
    }

    private static Map<String, String> texts() {
        CommandLine root = Wonflow.commandLine(new Surroundings(
                Path.of(""),
                Map.of(),
                Instant.EPOCH,
                () -> new UUID(1, 2),
                new Random(1),
                Terminal.plain(new PrintStream(new ByteArrayOutputStream(), true)),
                Optional.empty()));
        Map<String, String> texts = new TreeMap<>();
        texts.put("version.txt", String.join("\n", root.getCommandSpec().version()) + "\n");
        add(root, "wonflow", texts);
        return texts;
    }

    private static void add(CommandLine command, String name, Map<String, String> texts) {
        texts.put(name + ".txt", command.getUsageMessage(Ansi.OFF));
        command.getSubcommands().forEach((word, sub) -> add(sub, name + "-" + word, texts));
    }

    private static Map<String, String> files() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        if (Files.exists(FILES)) {
            try (Stream<Path> files = Files.list(FILES)) {
                for (Path file : files.toList()) {
                    texts.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return texts;
    }
}
