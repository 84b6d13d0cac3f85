package dev.wonflow.local.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.local.spring.SpringPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WonflowStackTest {

    @TempDir
    private Path folder;

    /** Beyond one's own machine they tell only who may know; {@code ./wonflow status} has no token. */
    @Test
    void services_tell_without_a_token_which_part_of_them_is_unwell() throws IOException {
        Path target = Files.createDirectories(folder.resolve("deploy/local/target"));
        Files.createFile(target.resolve("wonflow-local-1.jar"));

        assertThat(services())
                .hasSize(4)
                .allSatisfy(service -> assertThat(service.environment())
                        .as(service.name())
                        .containsEntry("MANAGEMENT_ENDPOINT_HEALTH_SHOWCOMPONENTS", "always")
                        .containsEntry("MANAGEMENT_ENDPOINT_HEALTH_SHOWDETAILS", "always"));
    }

    private List<SpringPart> services() {
        StackSettings settings = StackSettings.of(folder, folder.resolve("state"), Ports.of(Map.of()), new Random(1));
        return WonflowStack.of(settings).parts().stream()
                .filter(SpringPart.class::isInstance)
                .map(SpringPart.class::cast)
                .filter(part -> part.environment().containsKey(SpringPart.MANAGEMENT_PORT))
                .toList();
    }
}
