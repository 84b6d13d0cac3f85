package dev.wonflow.testsupport.server;

import java.util.Map;
import java.util.stream.Collectors;

/** PostgreSQL in a container, from any image that has its programs on the path and a user {@code postgres}. */
final class ContainerPostgresServer extends PostgresBySql {

    /** Folder in the container that holds the data. */
    static final String DATA = "/tmp/wonflow-postgres";

    private final ServerContainer container;

    private ContainerPostgresServer(String host, int port, ServerContainer container) {
        super(host, port);
        this.container = container;
    }

    /** Makes the data folder itself, as the embedded one does: the image's own way would start the server twice. */
    static ContainerPostgresServer start(ContainerEngine engine, ContainerImage image) {
        int port = FreePort.find();
        String settings = PostgresSettings.ALL.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" "));
        String script = """
            set -eu
            data=%s
            printf %%s "$SUPERUSER_PASSWORD" >/tmp/password
            initdb --pgdata=$data --username=%s --pwfile=/tmp/password --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8
            echo 'host all all all scram-sha-256' >>$data/pg_hba.conf
            exec postgres -D $data -p %d -c listen_addresses='*' -c unix_socket_directories=/tmp %s
            """.formatted(DATA, SUPERUSER, port, settings);
        ServerContainer container = ServerContainer.start(
                engine,
                image,
                "postgres",
                port,
                script,
                Map.of("SUPERUSER_PASSWORD", PASSWORD),
                "database system is ready to accept connections");
        return new ContainerPostgresServer(engine.host(), port, container);
    }

    @Override
    public void stop() {
        container.remove();
    }
}
