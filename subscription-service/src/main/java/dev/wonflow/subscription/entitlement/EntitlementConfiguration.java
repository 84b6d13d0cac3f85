package dev.wonflow.subscription.entitlement;

import dev.wonflow.runtime.PeriodicWork;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** Has everything told that was never told, such as after an upgrade; what changes is told by itself. */
@Configuration(proxyBeanMethods = false)
class EntitlementConfiguration {

    private static final int AT_ONCE = 500;
    private static final Duration FIRST = Duration.ofSeconds(1);

    /** The version before may still write subscriptions meanwhile. */
    private static final Duration INTERVAL = Duration.ofHours(1);

    @Bean
    PeriodicWork untoldEntitlements(FollowSubscriptions followSubscriptions, TransactionOperations transaction) {
        return new PeriodicWork("untold-entitlements", FIRST, INTERVAL, () -> {
            int told = AT_ONCE;
            while (told == AT_ONCE) {
                told = transaction.execute(_ -> followSubscriptions.tellUntold(AT_ONCE));
            }
        });
    }
}
