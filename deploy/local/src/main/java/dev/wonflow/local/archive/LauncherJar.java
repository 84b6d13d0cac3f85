package dev.wonflow.local.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** The jar of this very program, which some parts run from as well, so that no service has to carry their libraries. */
public record LauncherJar(Path file) {

    /** As the jar names them: beside it may lie others, left by an earlier build. */
    public List<Path> libraries() throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            String named = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return Pattern.compile(" ")
                    .splitAsStream(named)
                    .map(file::resolveSibling)
                    .toList();
        }
    }
}
