package dev.wonflow.local.command;

import dev.wonflow.local.NotUnderstood;
import dev.wonflow.local.Trouble;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program behind ./wonflow. */
@Command(
        name = Wonflow.PROGRAM,
        description = "Wonflow on this machine: PostgreSQL, Kafka, a Toss sandbox and the services; no Docker.%n",
        mixinStandardHelpOptions = true,
        version = "Wonflow 0.1.0-SNAPSHOT",
        synopsisHeading = "Usage: ",
        customSynopsis = "./wonflow COMMAND [--help]%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Everything lives in the folder .wonflow of the repository, or in WONFLOW_HOME.",
            "WONFLOW_PORT_OFFSET=1000 moves all ports by 1000; deploy/local/README.md names each."
        })
public final class Wonflow implements Runnable {

    static final String PROGRAM = "./wonflow";

    private static final int FAILED = 1;
    private static final int NOT_UNDERSTOOD = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before anything runs.
    private CommandSpec spec;

    private Wonflow() {}

    /** Runs one command; exits with 0 if all went well, 1 if not, 2 if the command line was not understood. */
    public static void main(String[] args) {
        System.exit(execute(Surroundings.ofProcess(), System.err, args));
    }

    static int execute(Surroundings surroundings, PrintStream errors, String... args) {
        CommandLine commandLine = commandLine(surroundings);
        commandLine.setErr(new PrintWriter(errors, true, StandardCharsets.UTF_8));
        commandLine.setParameterExceptionHandler((e, _) -> {
            errors.println(explain(e));
            errors.println("Help: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return NOT_UNDERSTOOD;
        });
        commandLine.setExecutionExceptionHandler((e, _, _) -> {
            errors.println();
            if (e instanceof Trouble) {
                errors.println(e.getMessage());
            } else {
                errors.println("This is a mistake in ./wonflow itself:");
                e.printStackTrace(errors);
            }
            return e instanceof NotUnderstood ? NOT_UNDERSTOOD : FAILED;
        });
        return commandLine.execute(args);
    }

    /** Every command, and how it is explained. */
    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine clock = new CommandLine(new ClockCommand(surroundings));
        clock.getSubcommands().forEach((name, step) -> {
            if (name.equals("advance")) {
                // What begins with a dash is an amount there, so that -3d can be explained.
                step.setUnmatchedOptionsArePositionalParams(true);
            }
        });
        CommandLine commandLine = new CommandLine(new Wonflow())
                .addSubcommand(new UpCommand(surroundings))
                .addSubcommand(new DownCommand(surroundings))
                .addSubcommand(new StatusCommand(surroundings))
                .addSubcommand(new RestartCommand(surroundings))
                .addSubcommand(new LogsCommand(surroundings))
                .addSubcommand(new DemoCommand(surroundings))
                .addSubcommand(new PayCommand(surroundings))
                .addSubcommand(new TokenCommand(surroundings))
                .addSubcommand(new MailsCommand(surroundings))
                .addSubcommand(new SandboxCommand(surroundings))
                .addSubcommand(new TriggerCommand(surroundings))
                .addSubcommand(new ListenCommand(surroundings))
                .addSubcommand("clock", clock);
        commandLine.setUsageHelpLongOptionsMaxWidth(24);
        return commandLine;
    }

    private static String explain(ParameterException e) {
        CommandLine command = e.getCommandLine();
        List<String> unmatched = command.getUnmatchedArguments();
        if (e instanceof MissingParameterException && !unmatched.isEmpty()) {
            // What is missing was meant to be given, or would be asked for next.
            return "Unknown option: '" + unmatched.getFirst() + "'";
        }
        boolean unknownCommand = e instanceof UnmatchedArgumentException unknown
                && !command.getSubcommands().isEmpty()
                && !unknown.getUnmatched().getFirst().startsWith("-");
        return unknownCommand
                ? "There is no command "
                        + (command.getCommandSpec().qualifiedName() + " " + unmatched.getFirst())
                                .substring(PROGRAM.length() + 1)
                        + ". The commands are: "
                        + String.join(", ", command.getSubcommands().keySet())
                : String.valueOf(e.getMessage());
    }

    /** Without a command: what there is to choose from. */
    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
