package dev.wonflow.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A start that is expected to be refused, and what its operator reads of it. What is started is the service itself,
 * with an issuer that is never asked.
 */
public final class RefusedStart {

    private final Class<?> service;
    private final CapturedOutput output;
    private final List<String> settings = new ArrayList<>(List.of(
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--management.server.port=0",
            "--management.server.address=127.0.0.1",
            "--spring.security.oauth2.resourceserver.jwt.issuer-uri=https://issuer.example",
            "--spring.kafka.bootstrap-servers=127.0.0.1:1"));

    public RefusedStart(Class<?> service, CapturedOutput output) {
        this.service = service;
        this.output = output;
    }

    /** With a database of its own, for a service that comes to it before it comes to what is wrong. */
    public RefusedStart withDatabase() {
        TestDatabase database = TestServers.postgres().createDatabase("service");
        return with(
                "spring.datasource.url=" + database.url(),
                "spring.datasource.username=" + database.username(),
                "spring.datasource.password=" + database.password());
    }

    /** With more settings, each a name, an equals sign and a value. */
    public RefusedStart with(String... more) {
        for (String setting : more) {
            settings.add("--" + setting);
        }
        return this;
    }

    /**
     * Starts it, and checks that it tells in words, without a stack trace, what was wrong and what to do.
     *
     * @param secrets what may stand nowhere
     */
    public void tells(String wrong, String action, String... secrets) {
        int before = output.getAll().length();

        Throwable failure = catchThrowable(() -> {
            try (ConfigurableApplicationContext _ =
                    new SpringApplicationBuilder(service).run(settings.toArray(String[]::new))) {
                throw new AssertionError("started");
            }
        });

        assertThat(failure).isNotNull().isNotInstanceOf(AssertionError.class);
        String told = output.getAll().substring(before);
        assertThat(told)
                .contains("APPLICATION FAILED TO START")
                .contains("Description:\n\n" + wrong)
                .contains("Action:\n\n" + action)
                .doesNotContain("\tat dev.wonflow");
        for (String secret : secrets) {
            assertThat(told).doesNotContain(secret);
        }
    }
}
