package dev.wonflow.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListedSettingsTest {

    private static final String README = """
        # Mugs
        `wonflow.mug.filled` is a metric.

        ## Settings
        | setting | default | |
        |---|---|---|
        | `MUG_PORT`, `_ADDRESS` | – | |
        | `wonflow.mug.size`, `.cooling-time` | 2, 5m | until it is `.5` degrees |
        | `wonflow.mug.teas[n].name` | | |

        `wonflow.shelf.*` is described elsewhere.

        ## Watch
        `wonflow.mug.broken` is one, too.
        """;

    private record Tea(String name, int minutes) {}

    private record Handle(boolean left) {}

    private record Mug(int size, Duration coolingTime, List<Tea> teas, List<String> owners, Handle handle) {}

    @Test
    void names_are_read_where_a_readme_lists_settings() {
        assertThat(ListedSettings.listed(README))
                .containsExactlyInAnyOrder(
                        "wonflow.mug.size", "wonflow.mug.cooling-time", "wonflow.mug.teas[n].name", "wonflow.shelf.*");
    }

    @Test
    void records_within_records_have_settings_too() {
        assertThat(ListedSettings.namesIn(Mug.class, "wonflow.mug."))
                .containsExactly(
                        "wonflow.mug.size",
                        "wonflow.mug.cooling-time",
                        "wonflow.mug.teas[n].name",
                        "wonflow.mug.teas[n].minutes",
                        "wonflow.mug.owners",
                        "wonflow.mug.handle.left");
    }

    @Test
    void what_is_bound_and_not_listed_is_found_and_a_group_lists_all_of_it() {
        assertThat(ListedSettings.unlisted(
                        Set.of("wonflow.mug.size", "wonflow.mug.colour", "wonflow.shelf.height", "wonflow.shelves"),
                        ListedSettings.listed(README)))
                .containsExactly("wonflow.mug.colour", "wonflow.shelves");
    }

    @Test
    void what_is_listed_and_not_bound_is_found() {
        assertThat(ListedSettings.unbound(
                        Set.of("wonflow.mug.size", "wonflow.mug.teas[n].name"), ListedSettings.listed(README)))
                .containsExactly("wonflow.mug.cooling-time", "wonflow.shelf.*");
    }
}
