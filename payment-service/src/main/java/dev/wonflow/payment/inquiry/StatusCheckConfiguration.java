package dev.wonflow.payment.inquiry;

import dev.wonflow.payment.CallLimits;
import dev.wonflow.payment.ResolverProperties;
import org.springframework.context.annotation.Configuration;

/** Keeps the service from starting with time limits that contradict one another. */
@Configuration(proxyBeanMethods = false)
class StatusCheckConfiguration {

    StatusCheckConfiguration(ResolverProperties settings, CallLimits calls) {
        settings.requireLongerThan(calls);
    }
}
