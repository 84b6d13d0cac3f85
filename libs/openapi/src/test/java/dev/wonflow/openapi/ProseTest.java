package dev.wonflow.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProseTest {

    private final Prose prose = Prose.of(List.of(Path.of("src/test/java")));

    /**
     * A mug. It holds {@code tea}, or {@link List coffee}.
     *
     * <p>It breaks.
     *
     * @param glaze its {@code 색}
     */
    record Mug(String glaze) {

        /** Fills it. To the brim. */
        void fill() {}

        void empty() {}
    }

    @Test
    void first_sentence_rest_and_parameters_are_told_apart_and_written_as_markdown() {
        Prose.Comment comment = prose.ofType(Mug.class);

        assertThat(comment.summary()).isEqualTo("A mug.");
        assertThat(comment.rest()).isEqualTo("It holds `tea`, or coffee.\n\nIt breaks.");
        assertThat(comment.parameters()).containsExactly(Map.entry("glaze", "its `색`"));
    }

    @Test
    void what_says_nothing_is_empty() {
        assertThat(prose.ofMethod(Mug.class, "fill").whole()).isEqualTo("Fills it. To the brim.");
        assertThat(prose.ofMethod(Mug.class, "empty").whole()).isEmpty();
    }
}
