package dev.wonflow.local.command;

import dev.wonflow.local.assembly.StackSettings;
import dev.wonflow.local.assembly.WonflowStack;
import dev.wonflow.local.screen.PartsScreen;
import dev.wonflow.local.screen.Terminal;
import dev.wonflow.local.stack.LocalStack;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts one part anew. */
@Command(
        name = "restart",
        description = {
            "Stops one part and what needs it, and starts all that is missing; for a part that status calls unwell.",
            "The data is kept."
        },
        mixinStandardHelpOptions = true)
final class RestartCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private PartName part = new PartName();

    RestartCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        String name = part.get();
        StackSettings settings = surroundings.settings();
        Terminal terminal = surroundings.terminal();
        LocalStack stack = WonflowStack.of(settings);
        try (PartsScreen screen = PartsScreen.of(terminal, List.of())) {
            stack.stopWithDependents(name, screen);
        }
        UpCommand.start(settings, terminal);
        return 0;
    }
}
