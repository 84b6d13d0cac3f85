package dev.wonflow.local.command;

import dev.wonflow.local.NotUnderstood;
import dev.wonflow.local.assembly.Port;
import dev.wonflow.local.issuer.Issuer;
import dev.wonflow.local.issuer.Issuer.Token;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a token. */
@Command(
        name = "token",
        description = {
            "Prints an access token of the running stack, and nothing else.",
            "For curl: -H \"Authorization: Bearer $(./wonflow token --tenant acme)\"",
            "Without --user it is the token of the tenant's shop."
        },
        footer = {
            "",
            "Permissions: checkout:write, order:fulfil, tenant:billing, tenant:billing:read",
            "The operator has operator:actuator, operator:catalogue, operator:import,",
            "operator:ledger, operator:reconciliation and operator:renewals, and no tenant.",
            "",
            "Exit code: 0 if the token was printed, 1 if not, 2 if the command line was not understood."
        },
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

    private static final String OPERATOR = "operator";

    /** What the token of someone permits if nothing is asked for: all that they may. */
    private static final Map<String, List<String>> USERS = Map.of(
            "owner",
            Issuer.OF_SHOPS,
            "member",
            List.of("tenant:billing:read", "checkout:write"),
            "viewer",
            List.of("tenant:billing:read"),
            OPERATOR,
            Issuer.OF_OPERATORS);

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before anything runs.
    private CommandSpec spec;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "acme or globex; the operator has none")
    private @Nullable String tenant;

    @Option(
            names = "--permission",
            paramLabel = "PERMISSION",
            description = "what the token is to permit, once for each (default: all they may have)")
    private @Nullable List<String> permissions;

    @Option(names = "--user", paramLabel = "USER", description = "owner, member, viewer or operator")
    private @Nullable String user;

    TokenCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireSense();
        Issuer issuer = new Issuer(surroundings.settings().ports().http(Port.ISSUER));
        String name = user == null ? tenant + "-shop" : user.equals(OPERATOR) ? OPERATOR : tenant + "-" + user;
        Token token = user == null
                ? issuer.shop(String.valueOf(tenant), asked(Issuer.OF_SHOPS))
                : issuer.person(name, asked(USERS.getOrDefault(user, List.of())), surroundings.secrets());
        surroundings.terminal().out().println(token.value());
        spec.commandLine()
                .getErr()
                .println("Token of " + name + ", good for "
                        + token.life().plusSeconds(30).toMinutes() + " minutes: "
                        + String.join(", ", token.permissions()));
        return 0;
    }

    private void requireSense() {
        if (user != null && !USERS.containsKey(user)) {
            throw new NotUnderstood("--user: " + user + " (expected: owner, member, viewer or operator).");
        }
        if (OPERATOR.equals(user)) {
            if (tenant != null) {
                throw new NotUnderstood(
                        "--tenant: " + tenant + " (expected: none, the operator belongs to no tenant).");
            }
        } else if (tenant == null || !Issuer.TENANTS.contains(tenant)) {
            throw new NotUnderstood("--tenant: " + (tenant == null ? "missing" : tenant) + " (expected: "
                    + String.join(" or ", Issuer.TENANTS) + ").\nHelp: ./wonflow token --help");
        }
        for (String permission : asked(List.of())) {
            if (!permission.matches("[a-z][a-z:]{0,62}[a-z]")) {
                throw new NotUnderstood("--permission: " + permission + " (expected: one such as checkout:write).");
            }
        }
    }

    private List<String> asked(List<String> all) {
        return permissions == null ? all : permissions;
    }
}
