package dev.wonflow.testsupport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;

/** What only containers can get wrong; runs in the profile {@code containers}. */
@Tag("containers")
class ContainersIT {

    private static final String OTHER_DIGEST = "0".repeat(64);

    private final ContainerEngine engine = ContainerEngine.find();
    private final ImageName postgres =
            ContainerServers.imageName(new StandardEnvironment(), ContainerServers.POSTGRES_IMAGE);

    @Test
    void image_of_another_digest_is_not_taken() {
        ImageName other = new ImageName(
                "localhost/" + postgres.repository().replaceFirst(".*/", ""), postgres.tag(), OTHER_DIGEST);

        assertThatThrownBy(() -> engine.image(other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(OTHER_DIGEST)
                .hasMessageContaining("images/build");
    }

    @Test
    void server_that_ends_at_once_says_why_and_leaves_nothing() {
        assertThatThrownBy(() -> ServerContainer.start(
                        engine, engine.image(postgres), "", FreePort.find(), "echo no room; exit 3", Map.of(), "never"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended at once")
                .hasMessageContaining("no room");

        assertThat(containersOf(ProcessHandle.current().pid(), "echo no room")).isEmpty();
    }

    @Test
    void container_of_a_run_that_is_gone_is_removed_and_that_of_a_living_one_or_of_elsewhere_is_kept()
            throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        String orphan = containerOf(gone.pid(), ServerContainer.place());
        String ours = containerOf(ProcessHandle.current().pid(), ServerContainer.place());
        String another = containerOf(gone.pid(), "another machine on the same engine");
        try {
            ServerContainer.removeOrphans(engine);

            assertThatThrownBy(() -> engine.client().inspectContainerCmd(orphan).exec())
                    .isInstanceOf(NotFoundException.class);
            assertThat(engine.client().inspectContainerCmd(ours).exec().getId()).isEqualTo(ours);
            assertThat(engine.client().inspectContainerCmd(another).exec().getId())
                    .isEqualTo(another);
        } finally {
            engine.client().removeContainerCmd(another).withForce(true).exec();
            engine.client().removeContainerCmd(ours).withForce(true).exec();
        }
    }

    private String containerOf(long owner, String place) {
        return engine.client()
                .createContainerCmd(engine.image(postgres).id())
                .withEntrypoint("/bin/sh", "-c")
                .withCmd("true")
                .withLabels(Map.of(ServerContainer.OWNER, Long.toString(owner), ServerContainer.PLACE, place))
                .exec()
                .getId();
    }

    private List<String> containersOf(long owner, String command) {
        return engine
                .client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(ServerContainer.OWNER, Long.toString(owner)))
                .exec()
                .stream()
                .map(container -> String.valueOf(container.getCommand()))
                .filter(line -> line.contains(command))
                .toList();
    }
}
