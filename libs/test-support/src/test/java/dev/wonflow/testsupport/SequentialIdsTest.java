package dev.wonflow.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequentialIdsTest {

    @Test
    void ids_are_foreseeable_and_look_like_version_7() {
        SequentialIds ids = new SequentialIds();

        assertThat(ids.next()).isEqualTo(SequentialIds.id(1)).hasToString("00000000-0000-7000-8000-000000000001");
        assertThat(ids.next()).isEqualTo(SequentialIds.id(2));
        assertThat(SequentialIds.id(2).version()).isEqualTo(7);
    }
}
