package dev.wonflow.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Installs packages of npm below target/. */
final class Npm {

    private static final int INSTALL_SECONDS = 180;

    private Npm() {}

    /**
     * Installs what the package.json of a folder names; nothing of it is run.
     *
     * @param files what npm needs of the folder, and what is to lie beside the packages
     * @param command the words after npm
     * @throws IllegalStateException with what npm said, if it could not
     */
    static void install(Path from, Path into, List<String> files, String... command)
            throws IOException, InterruptedException {
        Files.createDirectories(into);
        for (String file : files) {
            Files.copy(from.resolve(file), into.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> words =
                new ArrayList<>(List.of(Browser.program("npm", "npm").toString()));
        words.addAll(List.of(command));
        words.addAll(List.of("--ignore-scripts", "--no-audit", "--no-fund"));
        Path log = into.resolve("npm.log");
        Process npm = new ProcessBuilder(words)
                .directory(into.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
            npm.destroyForcibly();
        }
        if (npm.waitFor() != 0) {
            throw new IllegalStateException(
                    "npm could not install what " + from + " names: " + log + " says\n" + Files.readString(log));
        }
    }
}
