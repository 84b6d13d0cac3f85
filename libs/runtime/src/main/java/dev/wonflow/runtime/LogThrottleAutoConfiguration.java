package dev.wonflow.runtime;

import ch.qos.logback.classic.LoggerContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Bounds what a service writes to its log, from any logger. */
@AutoConfiguration
@ConditionalOnClass(LoggerContext.class)
@EnableConfigurationProperties(LogSettings.class)
public final class LogThrottleAutoConfiguration {

    @Bean
    InstalledLogLimit logThrottle(LogSettings settings) {
        LogThrottle limit = new LogThrottle(
                settings,
                System::nanoTime,
                CompletableFuture.delayedExecutor(settings.reportInterval().toMillis(), TimeUnit.MILLISECONDS));
        return new InstalledLogLimit(limit);
    }

    /** The limit while the service runs; logging outlives the service in a test. */
    static final class InstalledLogLimit implements InitializingBean, DisposableBean {

        private final LogThrottle limit;

        InstalledLogLimit(LogThrottle limit) {
            this.limit = limit;
        }

        @Override
        public void afterPropertiesSet() {
            if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
                logging.addTurboFilter(limit);
            }
        }

        @Override
        public void destroy() {
            if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
                logging.getTurboFilterList().remove(limit);
            }
            // Nobody is there any more when the next report would be due.
            limit.report();
        }
    }
}
