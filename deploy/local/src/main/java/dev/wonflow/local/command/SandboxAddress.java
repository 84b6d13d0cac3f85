package dev.wonflow.local.command;

import dev.wonflow.local.NotUnderstood;
import dev.wonflow.local.assembly.Port;
import dev.wonflow.local.assembly.StackSettings;
import dev.wonflow.local.sandbox.Sandbox;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which sandbox a command talks to. */
final class SandboxAddress {

    @Option(names = "--sandbox", paramLabel = "URL", description = "a sandbox elsewhere than at http://127.0.0.1:18080")
    private @Nullable String url;

    @Option(
            names = "--secret-key",
            paramLabel = "KEY",
            description = "secret key of the merchant, if the sandbox has others than its own")
    private String secretKey = StackSettings.SECRET_KEY;

    String root(StackSettings settings) {
        String root = url == null ? settings.ports().http(Port.SANDBOX) : url.strip();
        if (!WebAddress.isOne(root) || !root.matches("[a-z]+://[^/?#]+/*")) {
            throw new NotUnderstood("--sandbox: " + root + " (expected: an address such as http://127.0.0.1:18080).");
        }
        return root.replaceAll("/+$", "");
    }

    Sandbox sandbox(StackSettings settings) {
        return new Sandbox(root(settings), secretKey);
    }
}
