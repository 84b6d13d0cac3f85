package dev.wonflow.local.command;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.assembly.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the log of one part. */
@Command(name = "logs", description = "Prints the log of one part.", mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

    private static final long POLL_MILLIS = 200;

    private final Surroundings surroundings;

    @Mixin
    private PartName part = new PartName();

    @Option(
            names = {"-f", "--follow"},
            description = "go on printing what is added; end with Ctrl-C")
    private boolean follow;

    LogsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String name = part.get();
        StackSettings settings = surroundings.settings();
        Path log = settings.state().log(name);
        if (!Files.exists(log)) {
            throw new Trouble(name + " has no log yet: it was not started (" + log + ").\nTo start it: ./wonflow up");
        }
        try (LogReader reader = new LogReader(log, surroundings.terminal().out())) {
            reader.printNew();
            while (follow) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                reader.printNew();
            }
        }
        return 0;
    }
}
