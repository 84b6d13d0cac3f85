package dev.wonflow.testsupport.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Version;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.core.NestedExceptionUtils;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.utility.DockerImageName;

/**
 * Docker, or what serves its API, as Testcontainers finds it.
 *
 * @param host address at which published ports are reached
 * @param description name and version
 */
record ContainerEngine(DockerClient client, String host, String description) {

    private static final String LOOPBACK = "127.0.0.1";

    /**
     * Finds the engine.
     *
     * @throws IllegalStateException if none answers; the message says what to do
     */
    static ContainerEngine find() {
        return find(() -> DockerClientFactory.instance().client());
    }

    static ContainerEngine find(Supplier<DockerClient> clients) {
        try {
            DockerClient client = clients.get();
            String host = DockerClientFactory.instance().dockerHostIpAddress();
            return new ContainerEngine(client, host.equals("localhost") ? LOOPBACK : host, describe(client));
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "wonflow.test.servers: containers, but no Docker API answers ("
                            + NestedExceptionUtils.getMostSpecificCause(e).getMessage()
                            + "). Start Docker, or put .ci/with-containers before the command, which starts podman;"
                            + " without -Pcontainers the tests bring servers of their own.",
                    e);
        }
    }

    private static String describe(DockerClient client) {
        Version version = client.versionCmd().exec();
        String product = Optional.ofNullable(version.getComponents()).orElse(List.of()).stream()
                .findFirst()
                .map(component -> component.getName())
                .orElse("Docker");
        return product + " " + version.getVersion() + ", API " + version.getApiVersion();
    }

    /** Whether published ports are this machine's. */
    boolean isHere() {
        return host.equals(LOOPBACK);
    }

    /**
     * Finds an image, or pulls it.
     *
     * @throws IllegalStateException if it is not to be had, or is another than its digest says
     */
    ContainerImage image(ImageName name) {
        Optional<InspectImageResponse> found =
                inspect(name.pulled()).or(() -> inspect(name.tagged()).filter(image -> isWhatIsMeant(image, name)));
        if (found.isEmpty() && name.isLocal()) {
            throw new IllegalStateException("image " + name + ": "
                    + inspect(name.tagged())
                            .map(other -> "this machine has " + other.getId() + " under that name")
                            .orElse("not on this machine")
                    + ", and no registry can have it (libs/test-support/images/build makes it)");
        }
        return new ContainerImage(
                name,
                found.or(() -> inspect(pull(name)))
                        .map(InspectImageResponse::getId)
                        .orElseThrow(() -> new IllegalStateException("image " + name + ": gone after the pull")));
    }

    private Optional<InspectImageResponse> inspect(String name) {
        try {
            return Optional.of(client.inspectImageCmd(name).exec());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private static boolean isWhatIsMeant(InspectImageResponse image, ImageName name) {
        return name.digest() == null || String.valueOf(image.getId()).endsWith(name.digest());
    }

    private static String pull(ImageName name) {
        try {
            return new RemoteDockerImage(DockerImageName.parse(name.pulled())).get();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "image " + name + ": cannot be pulled. Without a registry, libs/test-support/images/build makes"
                            + " the images on this machine.",
                    e);
        }
    }
}
