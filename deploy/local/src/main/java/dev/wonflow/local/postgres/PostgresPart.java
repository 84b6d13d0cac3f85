package dev.wonflow.local.postgres;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.process.Daemon;
import dev.wonflow.local.process.LiveProcess;
import dev.wonflow.local.stack.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The PostgreSQL server of the stack, with one database and one role for each service that has data. */
public final class PostgresPart implements Part {

    private static final String SUPERUSER = "postgres";
    private static final int INITDB_LIMIT_SECONDS = 120;

    private final PostgresBinaries binaries;
    private final Path data;
    private final String mark;
    private final Path log;
    private final int port;
    private final List<String> databases;
    private final Map<String, String> environment;
    private final RandomGenerator secrets;

    /**
     * Creates it.
     *
     * @param cache where the programs are unpacked
     * @param data where databases are kept
     * @param databases name of each database, of the role that owns it, and that role's password
     * @param environment what the process gets of the user's variables
     * @param secrets where the superuser's password comes from
     */
    public PostgresPart(
            Path cache,
            Path data,
            Path log,
            int port,
            List<String> databases,
            Map<String, String> environment,
            RandomGenerator secrets) {
        this.binaries = new PostgresBinaries(cache);
        this.data = data;
        // The server takes any setting with a dot in its name, and leaves it alone.
        this.mark = "wonflow.part=" + data;
        this.log = log;
        this.port = port;
        this.databases = databases;
        this.environment = environment;
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public Set<String> needs() {
        return Set.of();
    }

    @Override
    public int stopStage() {
        return 0;
    }

    @Override
    public String mark() {
        return mark;
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** A fast shutdown; the ordinary signal would wait for every client to leave by itself. */
    @Override
    public String stopSignal() {
        return "INT";
    }

    @Override
    public Launch launch() throws IOException, InterruptedException {
        Path programs = binaries.unpacked().resolve("bin");
        List<String> asOrdinaryUser = asOrdinaryUser();
        if (!Files.exists(data)) {
            initialise(programs, asOrdinaryUser);
        }
        deleteForeignLock();
        List<String> command = new ArrayList<>(asOrdinaryUser);
        command.addAll(List.of(programs.resolve("postgres").toString(), "-D", data.toString(), "-c", mark));
        settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return new Launch(command, environment, data);
    }

    private Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("port", Integer.toString(port)),
                // The path of a socket is limited to about a hundred characters, and nobody needs one.
                Map.entry("unix_socket_directories", ""),
                // What is committed here is committed, as in production.
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("full_page_writes", "on"),
                // The relays read the write-ahead log; a relay that never comes back may not fill the disk.
                Map.entry("wal_level", "logical"),
                Map.entry("max_replication_slots", "16"),
                Map.entry("max_wal_senders", "16"),
                Map.entry("max_slot_wal_keep_size", "4GB"),
                Map.entry("shared_buffers", "64MB"),
                Map.entry("max_connections", "120"),
                Map.entry("io_method", "sync"),
                Map.entry("log_timezone", "Asia/Seoul"),
                Map.entry("timezone", "UTC"));
    }

    @Override
    public Optional<String> unready() {
        try (Connection _ = connect("postgres")) {
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Optional.of("its password file cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void afterStart() throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String database : databases) {
                if (isMissing(connection, "SELECT FROM pg_roles WHERE rolname = ?", database)) {
                    statement.execute("CREATE ROLE " + database + " LOGIN REPLICATION PASSWORD '" + database + "'");
                }
                if (isMissing(connection, "SELECT FROM pg_database WHERE datname = ?", database)) {
                    statement.execute("CREATE DATABASE " + database + " OWNER " + database);
                }
            }
        } catch (IOException e) {
            throw new Trouble(passwordFile() + ": cannot be read.", e);
        }
    }

    private static boolean isMissing(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return !result.next();
            }
        }
    }

    /**
     * PostgreSQL does not start while its lock file names a living process, whichever that is; after a restart of the
     * machine it may be anybody.
     */
    private void deleteForeignLock() throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().matches("[0-9]{1,9}")) {
            return;
        }
        boolean foreign = LiveProcess.of(Long.parseLong(lines.getFirst()))
                .map(LiveProcess::arguments)
                .filter(arguments -> !arguments.isEmpty())
                .filter(arguments -> !arguments.getFirst().endsWith("postgres"))
                .isPresent();
        if (foreign) {
            Files.delete(file);
        }
    }

    private Connection connect(String database) throws SQLException, IOException {
        Properties settings = new Properties();
        settings.setProperty("user", SUPERUSER);
        settings.setProperty("password", Files.readString(passwordFile()).strip());
        settings.setProperty("connectTimeout", "2");
        settings.setProperty("socketTimeout", "20");
        settings.setProperty("sslmode", "disable");
        settings.setProperty("gssEncMode", "disable");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, settings);
    }

    private void initialise(Path programs, List<String> asOrdinaryUser) throws IOException, InterruptedException {
        // An initdb outlives the launcher that was ended beside it, and then still writes to the folder it was given.
        Path unfinished = data.resolveSibling(
                data.getFileName() + ".unfinished-" + ProcessHandle.current().pid());
        PostgresBinaries.deleteTree(unfinished);
        Files.createDirectories(unfinished.resolve("..").normalize());
        writePassword();

        List<String> command = new ArrayList<>(asOrdinaryUser);
        command.addAll(List.of(
                programs.resolve("initdb").toString(),
                "--pgdata=" + unfinished,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        Process initdb = Daemon.start(command, environment, programs, log).process();
        if (!initdb.waitFor(INITDB_LIMIT_SECONDS, TimeUnit.SECONDS) || initdb.exitValue() != 0) {
            initdb.destroyForcibly();
            throw new Trouble("PostgreSQL could not create its data folder; the log says why: " + log);
        }
        Files.move(unfinished, data);
    }

    /** The superuser can run programs as us, so its password is no constant that another user of the machine knows. */
    private void writePassword() throws IOException {
        byte[] random = new byte[16];
        secrets.nextBytes(random);
        Files.deleteIfExists(passwordFile());
        Files.createFile(
                passwordFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile(), HexFormat.of().formatHex(random), StandardCharsets.US_ASCII);
    }

    private Path passwordFile() {
        return data.resolveSibling("postgres.password");
    }

    /**
     * PostgreSQL refuses to run as root, which is who everybody is in many containers; a user namespace makes it
     * nobody.
     */
    private static List<String> asOrdinaryUser() throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        List<String> namespace = List.of("unshare", "-U");
        if (Daemon.isOnPath("unshare")) {
            List<String> trial = new ArrayList<>(namespace);
            trial.add("true");
            Process process = new ProcessBuilder(trial)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return namespace;
            }
        }
        throw new Trouble("PostgreSQL refuses to run as root, and this system does not allow a user namespace"
                + " (unshare -U) to run it in.\nRun ./wonflow as an ordinary user.");
    }
}
