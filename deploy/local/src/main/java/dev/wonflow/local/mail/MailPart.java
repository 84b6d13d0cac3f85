package dev.wonflow.local.mail;

import dev.wonflow.local.archive.ClassPathFile;
import dev.wonflow.local.archive.LauncherJar;
import dev.wonflow.local.archive.LibraryArchive;
import dev.wonflow.local.process.PortUse;
import dev.wonflow.local.stack.JavaProgram;
import dev.wonflow.local.stack.Part;
import dev.wonflow.local.stack.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The mail server of the stack. Nobody waits for it: a service tries a mail until there is a server. */
public final class MailPart implements Part {

    private final JavaProgram java;
    private final LauncherJar launcher;
    private final String archive;
    private final StateFolder state;
    private final Path mails;
    private final int port;
    private final Map<String, String> environment;

    /**
     * Creates it.
     *
     * @param launcher the jar of this very program, which it runs from as well
     * @param archiveOf part with the same libraries, whose archive of classes it shares and after which it starts
     * @param mails folder the mails go to
     */
    public MailPart(
            JavaProgram java,
            LauncherJar launcher,
            String archiveOf,
            StateFolder state,
            Path mails,
            int port,
            Map<String, String> environment) {
        this.java = java;
        this.launcher = launcher;
        this.archive = archiveOf;
        this.state = state;
        this.mails = mails;
        this.port = port;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public Set<String> needs() {
        return Set.of(archive);
    }

    @Override
    public int stopStage() {
        return 2;
    }

    @Override
    public String mark() {
        return java.mark();
    }

    @Override
    public String address() {
        return "smtp://127.0.0.1:" + port;
    }

    @Override
    public Launch launch() throws IOException, InterruptedException {
        Files.createDirectories(mails);
        LibraryArchive classes = LibraryArchive.of(state, archive, launcher.libraries());
        List<Path> classPath = new ArrayList<>(classes.classPath());
        classPath.add(launcher.file());
        List<String> options = new ArrayList<>(classes.optionsIfMade());
        options.addAll(List.of("-Xmx48m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
        List<String> command = java.command(
                options,
                List.of(
                        ClassPathFile.write(state.cache().resolve("mail.classpath"), classPath),
                        MailCatcher.class.getName(),
                        Integer.toString(port),
                        mails.toString()));
        return new Launch(command, environment, mails);
    }

    @Override
    public Optional<String> unready() {
        return PortUse.isListening(port) ? Optional.empty() : Optional.of("nothing listens on port " + port + " yet");
    }
}
