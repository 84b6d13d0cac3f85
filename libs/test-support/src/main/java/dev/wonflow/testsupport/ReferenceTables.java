package dev.wonflow.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Compares a service's migrations with the tables its libraries expect. */
public final class ReferenceTables {

    private static final List<String> REFERENCES = List.of(
            "classpath*:dev/wonflow/outbox/outbox.sql",
            "classpath*:dev/wonflow/relay/relay.sql",
            "classpath*:dev/wonflow/inbox/*.sql");

    private ReferenceTables() {}

    /**
     * Fails unless the migrations on the class path contain, word for word, the reference DDL of each library there. A
     * service owns its tables, so they are copied; a copy that drifts would fail at night, in a retention job.
     */
    public static void check() {
        Map<String, String> references = new TreeMap<>();
        REFERENCES.forEach(pattern -> references.putAll(read(pattern)));
        check(references, read("classpath*:db/migration/**/*.sql"));
    }

    static void check(Map<String, String> references, Map<String, String> migrations) {
        assertThat(references).as("reference DDL on the class path").isNotEmpty();
        references.forEach((name, ddl) -> assertThat(migrations.values())
                .as("migrations that contain %s word for word (of %s)", name, migrations.keySet())
                .filteredOn(migration -> migration.contains(ddl.strip()))
                .hasSize(1));
    }

    private static Map<String, String> read(String pattern) {
        Map<String, String> files = new TreeMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                files.put(String.valueOf(file.getFilename()), file.getContentAsString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(pattern, e);
        }
        return files;
    }
}
