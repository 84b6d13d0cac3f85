package dev.wonflow.local.spring;

import dev.wonflow.local.archive.LibraryArchive;
import dev.wonflow.local.stack.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Services with much the same libraries. One archive of classes serves all of them: it holds what every one has, and
 * comes first on the class path of each.
 */
public final class LibraryFamily {

    /** Our own libraries change with every build, and an archive with them. */
    private static final String OURS = "wonflow-";

    private final StateFolder state;
    private final String name;
    private final List<Path> modules;

    /**
     * Creates it.
     *
     * @param modules folders of the Maven modules that build the services
     */
    public LibraryFamily(StateFolder state, String name, List<Path> modules) {
        this.state = state;
        this.name = name;
        this.modules = List.copyOf(modules);
    }

    /** Where libraries are kept, each once for all services. */
    Path libraries() {
        return state.cache().resolve("libraries");
    }

    /**
     * The archive of what all have in common. One that is missing is made once, however many wait for it.
     *
     * @return options of the virtual machine
     */
    synchronized Start start() throws IOException, InterruptedException {
        List<Path> common = new ArrayList<>();
        for (Path module : modules) {
            Optional<Path> jar = Jars.find(module);
            if (jar.isPresent()) {
                List<Path> kept = new ExecutableJar(jar.get()).keptIn(libraries());
                if (common.isEmpty()) {
                    common.addAll(kept);
                } else {
                    common.retainAll(kept);
                }
            }
        }
        common.removeIf(library -> library.getFileName().toString().contains("-" + OURS));
        for (Path library : common) {
            if (!Files.exists(library)) {
                throw new IOException(library + ": was not unpacked (expected: by the service that starts)");
            }
        }
        LibraryArchive archive = LibraryArchive.of(state, name, common);
        return new Start(archive.options(), archive.classPath());
    }

    /**
     * How a service of the family starts.
     *
     * @param options of the virtual machine
     * @param classPath what its class path begins with
     */
    record Start(List<String> options, List<Path> classPath) {}
}
