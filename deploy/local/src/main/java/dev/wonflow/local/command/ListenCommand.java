package dev.wonflow.local.command;

import dev.wonflow.local.NotUnderstood;
import dev.wonflow.local.sandbox.Listen;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints webhooks as they are sent. */
@Command(
        name = "listen",
        description = {
            "Prints webhooks as the sandbox sends them, until Ctrl-C.",
            "",
            "With --forward-to each of them also goes to an address of yours, wherever it is: the same bytes and the same"
                    + " headers of Toss. The sandbox itself calls only the addresses registered with it."
        },
        mixinStandardHelpOptions = true)
final class ListenCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private SandboxAddress address = new SandboxAddress();

    @Option(names = "--forward-to", paramLabel = "URL", description = "where to hand them on to")
    private @Nullable String forwardTo;

    ListenCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        String root = address.root(surroundings.settings());
        try (Listen listen = new Listen(root, receiver(), surroundings.terminal())) {
            listen.forever();
        }
        return 0;
    }

    private Optional<URI> receiver() {
        if (forwardTo == null) {
            return Optional.empty();
        }
        if (!WebAddress.isOne(forwardTo)) {
            throw new NotUnderstood("--forward-to: " + forwardTo + " (expected: an http or https address).");
        }
        return Optional.of(URI.create(forwardTo));
    }
}
