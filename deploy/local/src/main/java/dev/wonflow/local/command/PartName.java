package dev.wonflow.local.command;

import dev.wonflow.local.NotUnderstood;
import dev.wonflow.local.assembly.WonflowStack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The part a command is about. */
final class PartName {

    @Parameters(
            paramLabel = "SERVICE",
            description = "postgres, kafka, issuer, toss-sandbox, order-service, payment-service, webhook-ingest or"
                    + " subscription-service")
    private @Nullable String name;

    String get() {
        if (name == null || !WonflowStack.PARTS.contains(name)) {
            throw new NotUnderstood("There is no part " + name + ". The parts are: "
                    + String.join(", ", WonflowStack.PARTS) + "\nHelp: ./wonflow --help");
        }
        return name;
    }
}
