package dev.wonflow.local.command;

import dev.wonflow.local.assembly.Port;
import dev.wonflow.local.assembly.Ports;
import dev.wonflow.local.assembly.StackSettings;
import dev.wonflow.local.assembly.WonflowStack;
import dev.wonflow.local.screen.PartsScreen;
import dev.wonflow.local.screen.Terminal;
import dev.wonflow.local.stack.LocalStack;
import dev.wonflow.local.stack.Part;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Starts the stack. */
@Command(
        name = "up",
        description = "Starts what does not run yet and waits until all of it is healthy.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    UpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        StackSettings settings = surroundings.settings();
        start(settings, surroundings.terminal());
        printAddresses(settings.ports(), settings, surroundings.terminal().out());
        return 0;
    }

    /** Starts what is missing, for commands that need a running stack. */
    static void start(StackSettings settings, Terminal terminal) throws InterruptedException {
        LocalStack stack = WonflowStack.of(settings);
        long begin = System.nanoTime();
        Thread interrupted = new Thread(() -> terminal.out()
                .println("\nNo longer waiting. What was started goes on starting: ./wonflow status shows it,"
                        + " ./wonflow down stops it."));
        Runtime.getRuntime().addShutdownHook(interrupted);
        List<String> started;
        try (PartsScreen screen =
                PartsScreen.of(terminal, stack.parts().stream().map(Part::name).toList())) {
            started = stack.up(screen);
        } finally {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        terminal.out()
                .println(
                        started.isEmpty()
                                ? "Everything runs already and is healthy."
                                : String.format(Locale.ROOT, "Everything is healthy, after %.1f s.", seconds));
    }

    private static void printAddresses(Ports ports, StackSettings settings, PrintStream out) {
        out.printf(
                """

                Kafka                  127.0.0.1:%d
                PostgreSQL             127.0.0.1:%d   databases orders, payments, subscriptions; user and password are the database's name
                Issuer                 %s   people sign in here; each password is the name
                Toss sandbox           %s
                order-service          %s
                payment-service        %s
                webhook-ingest         %s
                subscription-service   %s
                Logs and data          %s

                Next:
                  ./wonflow demo            payments of all kinds and a subscription, to their end, checked
                  ./wonflow pay ORDER_ID    pay an order of your own
                  ./wonflow token --tenant acme    a token to call the services with
                  ./wonflow status          what runs
                  ./wonflow down            stop everything; data is kept
                """,
                ports.of(Port.KAFKA),
                ports.of(Port.POSTGRES),
                ports.http(Port.ISSUER),
                ports.http(Port.SANDBOX),
                ports.http(Port.ORDER),
                ports.http(Port.PAYMENT),
                ports.http(Port.WEBHOOK),
                ports.http(Port.SUBSCRIPTION),
                settings.state().root());
    }
}
