package dev.wonflow.testsupport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class ServerSourceTest {

    private static final String IMAGE = "wonflow.test.kafka-image";

    @TempDir
    private Path folder;

    private final MockEnvironment settings = new MockEnvironment();

    @Test
    void without_a_wish_servers_are_embedded() {
        assertThat(ServerSource.chosenBy(settings).description()).startsWith("embedded");
    }

    @Test
    void unknown_supplier_is_refused_and_not_replaced() {
        settings.setProperty("wonflow.test.servers", "container");

        assertThatThrownBy(() -> ServerSource.chosenBy(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("wonflow.test.servers: container (expected: embedded or containers)");
    }

    @Test
    void containers_without_an_engine_fail_and_say_what_to_do() {
        assertThatThrownBy(() -> ContainerEngine.find(() -> {
                    throw new IllegalStateException("Could not find a valid Docker environment");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no Docker API answers")
                .hasMessageContaining("Could not find a valid Docker environment")
                .hasMessageContaining(".ci/with-containers");
    }

    @Test
    void containers_without_images_fail_and_say_what_to_do() {
        settings.setProperty("wonflow.test.servers", "containers");

        assertThatThrownBy(() -> ServerSource.chosenBy(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("wonflow.test.postgres-image: not set")
                .hasMessageContaining("libs/test-support/images/build")
                .hasMessageContaining("WONFLOW_TEST_POSTGRES_IMAGE");
    }

    @Test
    void image_that_was_built_here_is_found_and_one_that_is_named_comes_first() throws Exception {
        Path built = folder.resolve("images.properties");
        Files.writeString(built, IMAGE + "=localhost/wonflow-test-kafka:4.3.1\n");
        settings.setProperty("wonflow.test.built-images", built.toString());

        assertThat(ContainerServers.imageName(settings, IMAGE)).hasToString("localhost/wonflow-test-kafka:4.3.1");

        settings.setProperty(IMAGE, "apache/kafka:4.3.1");

        assertThat(ContainerServers.imageName(settings, IMAGE)).hasToString("apache/kafka:4.3.1");
    }
}
