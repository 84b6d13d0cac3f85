package dev.wonflow.local.command;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.assembly.StackSettings;
import dev.wonflow.local.assembly.WonflowStack;
import dev.wonflow.local.stack.Part;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the log of one part. */
@Command(name = "logs", description = "Prints the log of one part.", mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

    private static final long POLL_MILLIS = 200;
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "SERVICE",
            description = "postgres, kafka, toss-sandbox, order-service, payment-service, webhook-ingest or"
                    + " subscription-service")
    private @Nullable String part;

    @Option(
            names = {"-f", "--follow"},
            description = "go on printing what is added; end with Ctrl-C")
    private boolean follow;

    LogsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StackSettings settings = surroundings.settings();
        List<String> names =
                WonflowStack.of(settings).parts().stream().map(Part::name).toList();
        if (part == null || !names.contains(part)) {
            throw new Trouble("There is no part " + part + ". The parts are: " + String.join(", ", names));
        }
        Path log = settings.state().log(part);
        if (!Files.exists(log)) {
            throw new Trouble(part + " has no log yet: it was not started (" + log + ").");
        }
        long position = print(log, 0, surroundings.terminal().out());
        while (follow) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            // A new run begins a new file.
            position = print(
                    log,
                    Files.exists(log) && Files.size(log) < position ? 0 : position,
                    surroundings.terminal().out());
        }
        return 0;
    }

    private static long print(Path log, long from, PrintStream out) throws IOException {
        if (!Files.exists(log)) {
            return 0;
        }
        try (RandomAccessFile in = new RandomAccessFile(log.toFile(), "r")) {
            in.seek(from);
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = in.read(chunk); read > 0; read = in.read(chunk)) {
                out.write(chunk, 0, read);
            }
            out.flush();
            return in.getFilePointer();
        }
    }
}
