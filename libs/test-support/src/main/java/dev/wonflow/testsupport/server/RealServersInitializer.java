package dev.wonflow.testsupport.server;

import dev.wonflow.testsupport.access.TokenIssuerInitializer;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Sets the addresses a service reads from its environment, as {@link RealServers} does; for contexts built by hand. The
 * servers' single node holds one replica, so the topics' replication settings follow.
 */
public final class RealServersInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        // Each takes a second or more to start, and PostgreSQL does so in processes of its own.
        CompletableFuture<KafkaServer> kafka = CompletableFuture.supplyAsync(TestServers::kafka);
        TestDatabase database = TestServers.postgres().createDatabase("service");
        new TokenIssuerInitializer().initialize(context);
        Environment environment = context.getEnvironment();
        String earlier = environment.getProperty(EarlierSchema.VERSION);
        if (earlier != null) {
            new EarlierSchema(earlier, environment.getRequiredProperty(EarlierSchema.ROWS)).buildIn(database);
        }
        TestPropertyValues.of(
                        "spring.datasource.url=" + database.url(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password(),
                        "spring.kafka.bootstrap-servers=" + kafka.join().bootstrapServers(),
                        "wonflow.topics.replication-factor=1",
                        "wonflow.topics.min-in-sync-replicas=1")
                .applyTo(context);
    }
}
