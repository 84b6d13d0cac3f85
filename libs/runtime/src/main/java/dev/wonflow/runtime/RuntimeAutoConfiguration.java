package dev.wonflow.runtime;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.UUIDClock;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;

/** Provides the clocks, the id source and randomness; a test that defines its own replaces them. */
@AutoConfiguration
public final class RuntimeAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return SystemClock.inSeoul();
    }

    @Bean
    @ConditionalOnMissingBean
    TenantClocks tenantClocks(Clock clock) {
        return TenantClocks.allAt(clock);
    }

    @Bean
    @ConditionalOnMissingBean
    IdSource idSource(Clock clock) {
        TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator(new SecureRandom(), new UUIDClock() {
            @Override
            public long currentTimeMillis() {
                return clock.millis();
            }
        });
        return generator::generate;
    }

    /** For chance, such as in the length of a pause; not for secrets. */
    @Bean
    @ConditionalOnMissingBean
    RandomGenerator randomGenerator() {
        return new Random();
    }

    /** For secrets; asked for by its own type. */
    @Bean
    @Fallback
    @ConditionalOnMissingBean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }
}
