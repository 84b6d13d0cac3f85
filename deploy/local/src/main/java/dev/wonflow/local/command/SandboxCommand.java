package dev.wonflow.local.command;

import dev.wonflow.local.NotUnderstood;
import dev.wonflow.local.Trouble;
import dev.wonflow.local.assembly.Port;
import dev.wonflow.local.assembly.StackSettings;
import dev.wonflow.local.assembly.StandaloneSandbox;
import dev.wonflow.local.assembly.StandaloneSandbox.Wishes;
import dev.wonflow.local.stack.Part.Launch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the sandbox alone, in the foreground. */
@Command(
        name = "sandbox",
        description = {
            "Runs a local Toss and nothing else, until Ctrl-C. It needs no database, no Kafka and no contract.",
            "",
            "Point the base URL of your integration at the address it prints, and give it the two keys."
        },
        footer = {
            "",
            "Watch webhooks with ./wonflow listen, make things happen with ./wonflow trigger, move its time with"
                    + " ./wonflow clock.",
            "Exit code: 130 after Ctrl-C, 1 if it could not start, 2 if the command line was not understood."
        },
        mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {

    private static final int HIGHEST_PORT = 65_535;

    private final Surroundings surroundings;

    @Option(names = "--port", paramLabel = "PORT", description = "where it listens (default: 18080)")
    private @Nullable Integer port;

    @Option(
            names = "--webhook-url",
            paramLabel = "URL",
            description = "who is told of payments, such as http://localhost:3000/webhooks; may be repeated")
    private List<String> webhookUrls = new ArrayList<>();

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "keeps payments, webhooks and the clock in this file; without it they are gone at the end")
    private @Nullable Path state;

    @Option(names = "--profile", paramLabel = "NAME", description = "faults to start with; the control page names them")
    private @Nullable String profile;

    @Parameters(
            paramLabel = "SETTING",
            description = "any other setting of its README, such as wonflow.sandbox.payment.capacity=100000")
    private List<String> settings = new ArrayList<>();

    SandboxCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Wishes wishes = wishes(surroundings.settings());
        Path handover = surroundings
                .handover()
                .orElseThrow(() -> new Trouble("This program only works out how to run the sandbox."
                        + " Start it with the script: ./wonflow sandbox"));
        Launch launch = new StandaloneSandbox(surroundings.settings(), wishes).launch();
        handOver(handover, launch);
        return 0;
    }

    Wishes wishes(StackSettings stack) {
        int number = port == null ? stack.ports().of(Port.SANDBOX) : port;
        if (number < 1 || number > HIGHEST_PORT) {
            throw new NotUnderstood("--port: " + number + " (expected: a number from 1 to " + HIGHEST_PORT + ").");
        }
        for (String url : webhookUrls) {
            if (!WebAddress.isOne(url)) {
                throw new NotUnderstood("--webhook-url: " + url + " (expected: an http or https address).");
            }
        }
        for (String setting : settings) {
            if (!setting.matches("[A-Za-z][\\w.\\[\\]-]*=.*")) {
                throw new NotUnderstood(setting + " is no setting (expected: NAME=VALUE, such as"
                        + " wonflow.sandbox.payment.capacity=100000).");
            }
        }
        if (state != null && Files.isDirectory(state)) {
            throw new NotUnderstood("--state: " + state + " is a folder (expected: a file, which is made if need be).");
        }
        return new Wishes(number, webhookUrls, Optional.ofNullable(state), Optional.ofNullable(profile), settings);
    }

    /**
     * Writes down the command for the script, which puts it in its own place: so one process is left, and Ctrl-C and
     * the exit code are its own.
     */
    private static void handOver(Path handover, Launch launch) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "-i"));
        for (Map.Entry<String, String> variable : launch.environment().entrySet()) {
            command.add(variable.getKey() + "=" + variable.getValue());
        }
        command.addAll(launch.command());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String word : command) {
            bytes.writeBytes(word.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
        }
        Files.write(handover, bytes.toByteArray());
    }
}
