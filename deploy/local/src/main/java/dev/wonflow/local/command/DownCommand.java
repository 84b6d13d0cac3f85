package dev.wonflow.local.command;

import dev.wonflow.local.assembly.StackSettings;
import dev.wonflow.local.assembly.WonflowStack;
import dev.wonflow.local.screen.PartsScreen;
import dev.wonflow.local.screen.Terminal;
import dev.wonflow.local.stack.LocalStack;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops the stack. */
@Command(
        name = "down",
        description = "Stops every process of the stack, in order; the data is kept.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    DownCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        StackSettings settings = surroundings.settings();
        Terminal terminal = surroundings.terminal();
        LocalStack stack = WonflowStack.of(settings);
        long begin = System.nanoTime();
        boolean any;
        try (PartsScreen screen = PartsScreen.of(terminal, List.of())) {
            any = stack.down(screen);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        terminal.out()
                .println(
                        any
                                ? String.format(
                                        Locale.ROOT,
                                        "Everything is stopped, after %.1f s. Data and logs are kept in %s.",
                                        seconds,
                                        settings.state().root())
                                : "Nothing was running.");
        return 0;
    }
}
