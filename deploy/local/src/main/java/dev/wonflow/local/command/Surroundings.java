package dev.wonflow.local.command;

import com.fasterxml.uuid.Generators;
import dev.wonflow.local.Trouble;
import dev.wonflow.local.assembly.Ports;
import dev.wonflow.local.assembly.StackSettings;
import dev.wonflow.local.screen.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a command takes from outside.
 *
 * @param repository root of the sources
 * @param calledAt when the command was given
 * @param ids fresh ids, later ones sorting after earlier ones
 * @param secrets bytes nobody can guess
 * @param handover where the script wants the command it is to go on with; empty if no script is there
 */
record Surroundings(
        Path repository,
        Map<String, String> environment,
        Instant calledAt,
        Supplier<UUID> ids,
        RandomGenerator secrets,
        Terminal terminal,
        Optional<Path> handover) {

    /** Those of this process. The script says where the repository is. */
    static Surroundings ofProcess() {
        return new Surroundings(
                Path.of(System.getProperty("wonflow.repository", "")).toAbsolutePath(),
                System.getenv(),
                ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH),
                Generators.timeBasedEpochGenerator()::generate,
                new SecureRandom(),
                Terminal.ofProcess(),
                Optional.ofNullable(System.getProperty("wonflow.handover")).map(Path::of));
    }

    /** The stack these surroundings ask for; makes the state folder. */
    StackSettings settings() {
        if (!Files.exists(repository.resolve("deploy/local/pom.xml"))) {
            throw new Trouble(repository + " is not Wonflow's repository. Start this program with ./wonflow.");
        }
        String home = environment.getOrDefault("WONFLOW_HOME", "").strip();
        Path state =
                home.isEmpty() ? repository.resolve(".wonflow") : Path.of(home).toAbsolutePath();
        return StackSettings.of(repository, state, Ports.of(environment), secrets);
    }
}
