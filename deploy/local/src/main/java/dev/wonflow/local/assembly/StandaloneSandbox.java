package dev.wonflow.local.assembly;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.process.PortUse;
import dev.wonflow.local.spring.LibraryFamily;
import dev.wonflow.local.spring.SpringPart;
import dev.wonflow.local.stack.Part;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sandbox alone: no database, no Kafka, and nothing of the stack around it. */
public final class StandaloneSandbox {

    /** Not the name of the stack's sandbox: neither may be taken for the other. */
    private static final String NAME = "sandbox";

    /** Enough for what it keeps as shipped, several times over. */
    private static final String HEAP = "-Xmx512m";

    private final StackSettings settings;
    private final Wishes wishes;

    /** Creates it; nothing is started. */
    public StandaloneSandbox(StackSettings settings, Wishes wishes) {
        this.settings = settings;
        this.wishes = wishes;
    }

    /**
     * What the user asked for.
     *
     * @param webhookUrls who is told of payments
     * @param state where the books are kept; empty keeps them in memory
     * @param profile name of the faults to start with
     * @param more further settings as {@code name=value}
     */
    public record Wishes(
            int port, List<String> webhookUrls, Optional<Path> state, Optional<String> profile, List<String> more) {}

    /**
     * How to start it.
     *
     * @throws Trouble if its port is taken, or it is not built
     */
    public Part.Launch launch() throws IOException, InterruptedException {
        requireFreePort();
        Path module = settings.repository().resolve("toss-sandbox");
        SpringPart sandbox = new SpringPart(
                NAME,
                wishes.port(),
                Set.of(),
                0,
                module,
                // Archives are made for the stack's sandbox and serve this one as well.
                new LibraryFamily(settings.state(), WonflowStack.SANDBOX, List.of(module)),
                settings.state(),
                environment(),
                HttpClient.newHttpClient());
        return sandbox.launch(List.of(HEAP), arguments());
    }

    private void requireFreePort() {
        if (PortUse.isFree(wishes.port())) {
            return;
        }
        throw new Trouble("Port " + wishes.port() + " is in use by "
                + PortUse.owner(wishes.port()).orElse("a process that this user may not see")
                + ".\nTake another: ./wonflow sandbox --port " + (wishes.port() + 1)
                + "\nIf it is the sandbox of the stack: it can be used as it is, and ./wonflow down stops it.");
    }

    /** Variables of the user's shell do not get through: a live key in one of them must not end up here. */
    private static Map<String, String> environment() {
        return new LinkedHashMap<>(StackSettings.inherited());
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--server.port=" + wishes.port());
        arguments.add("--wonflow.sandbox.announce=true");
        // What happens is on the control page; only what is wrong belongs on the terminal.
        arguments.add("--logging.level.root=warn");
        for (int i = 0; i < wishes.webhookUrls().size(); i++) {
            arguments.add("--wonflow.sandbox.webhook-urls[" + i + "]="
                    + wishes.webhookUrls().get(i));
        }
        wishes.state().ifPresent(file -> arguments.add("--wonflow.sandbox.state-file=" + file.toAbsolutePath()));
        wishes.profile().ifPresent(name -> arguments.add("--wonflow.sandbox.fault.profile=" + name));
        wishes.more().forEach(setting -> arguments.add("--" + setting));
        return arguments;
    }
}
