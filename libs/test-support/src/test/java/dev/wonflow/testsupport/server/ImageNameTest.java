package dev.wonflow.testsupport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {

    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres",
                "postgres:18",
                "apache/kafka:4.3.1",
                "localhost/wonflow-test-kafka:4.3.1",
                "registry.example.com:5000/team/postgres:18.6-bookworm",
            })
    void name_reads_as_it_was_written(String text) {
        ImageName name = ImageName.parse(text);

        assertThat(name).hasToString(text);
        assertThat(name.tagged()).isEqualTo(text);
        assertThat(name.pulled()).isEqualTo(text);
        assertThat(ImageName.parse(text + "@sha256:" + DIGEST)).hasToString(text + "@sha256:" + DIGEST);
    }

    @Test
    void digest_alone_decides_what_is_pulled() {
        ImageName name = ImageName.parse("registry.example.com:5000/postgres:18@sha256:" + DIGEST);

        assertThat(name.pulled()).isEqualTo("registry.example.com:5000/postgres@sha256:" + DIGEST);
        assertThat(name.tagged()).isEqualTo("registry.example.com:5000/postgres:18");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Postgres", "postgres:", "postgres@sha256:abc", "postgres @18", "postgres:18@md5:0"})
    void what_is_no_name_is_refused(String text) {
        assertThatThrownBy(() -> ImageName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("image: " + text + " (expected: ");
    }
}
