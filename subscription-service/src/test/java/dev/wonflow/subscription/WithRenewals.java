package dev.wonflow.subscription;

import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.server.RealServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The whole service on real servers, with a clock that stands still and loops whose steps the tests take. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RealServers
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"wonflow.renewal.enabled=false", "wonflow.inbox.max-retries=1", "wonflow.inbox.retry-delay=20ms"})
@Import({RenewalWorld.class, WithRenewals.Surroundings.class})
@interface WithRenewals {

    @TestConfiguration
    class Surroundings {

        @Bean
        MutableClock clock() {
            return new MutableClock(RenewalWorld.NOON);
        }
    }
}
