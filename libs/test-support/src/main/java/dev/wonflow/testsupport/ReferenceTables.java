package dev.wonflow.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.server.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The tables libraries expect in a service's database: for each library, increments of DDL in the order of their
 * numbers. One that was released is never edited; what is new is a further increment.
 */
public final class ReferenceTables {

    private static final String ALL = "classpath*:dev/wonflow/**/*.sql";

    private ReferenceTables() {}

    /**
     * Fails unless the migrations on the class path contain, word for word and in their order, the increments of each
     * library there. A library need not be named anywhere: whatever SQL lies beside classes of ours is reference DDL. A
     * service owns its tables, so they are copied; a copy that drifts would fail at night, in a retention job.
     */
    public static void check() {
        Map<String, String> migrations = read("classpath*:db/migration/**/*.sql");
        Map<String, Map<String, String>> libraries = libraries();
        assertThat(libraries)
                .as("libraries with reference DDL on the class path")
                .isNotEmpty();
        libraries.values().forEach(increments -> check(increments, migrations));
    }

    /**
     * Makes the tables of a library in a database of its own tests.
     *
     * @param library such as {@code outbox}
     */
    public static void create(TestDatabase database, String library) {
        create(database, library, Integer.MAX_VALUE);
    }

    /**
     * Makes them as they were when there were fewer increments.
     *
     * @param upTo number of the last one, from 1
     */
    public static void create(TestDatabase database, String library, int upTo) {
        Collection<String> increments = incrementsOf(library).values();
        assertThat(increments).as("increments of %s", library).isNotEmpty();
        increments.stream().limit(upTo).forEach(database::execute);
    }

    static void check(Map<String, String> increments, Map<String, String> migrations) {
        assertThat(increments).as("reference DDL on the class path").isNotEmpty();
        List<String> places = new ArrayList<>();
        new TreeMap<>(increments).forEach((name, ddl) -> {
            List<String> copies = new TreeMap<>(migrations)
                    .entrySet().stream()
                            .filter(migration -> migration.getValue().contains(ddl.strip()))
                            .map(Map.Entry::getKey)
                            .toList();
            assertThat(copies)
                    .as("migrations that contain %s word for word (of %s)", name, migrations.keySet())
                    .hasSize(1);
            places.addAll(copies);
        });
        assertThat(places)
                .as("migrations with %s, in this order", increments.keySet())
                .isSorted();
    }

    private static Map<String, String> incrementsOf(String library) {
        return read("classpath*:dev/wonflow/" + library + "/*.sql");
    }

    /** The increments of each library on the class path, by the package they lie in. */
    static Map<String, Map<String, String>> libraries() {
        Map<String, Map<String, String>> libraries = new TreeMap<>();
        for (Resource file : find(ALL)) {
            libraries.computeIfAbsent(folderOf(file), _ -> new TreeMap<>()).put(nameOf(file), contentOf(file));
        }
        return libraries;
    }

    private static Map<String, String> read(String pattern) {
        Map<String, String> files = new TreeMap<>();
        for (Resource file : find(pattern)) {
            files.put(nameOf(file), contentOf(file));
        }
        return files;
    }

    private static List<Resource> find(String pattern) {
        try {
            return List.of(new PathMatchingResourcePatternResolver().getResources(pattern));
        } catch (IOException e) {
            throw new UncheckedIOException(pattern, e);
        }
    }

    private static String nameOf(Resource file) {
        return String.valueOf(file.getFilename());
    }

    private static String folderOf(Resource file) {
        try {
            String place = file.getURL().toString();
            return place.substring(place.lastIndexOf("/dev/wonflow/") + 1, place.lastIndexOf('/'));
        } catch (IOException e) {
            throw new UncheckedIOException(nameOf(file), e);
        }
    }

    private static String contentOf(Resource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(nameOf(file), e);
        }
    }
}
