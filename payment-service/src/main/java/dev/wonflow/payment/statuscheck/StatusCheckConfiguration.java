package dev.wonflow.payment.statuscheck;

import dev.wonflow.payment.gateway.CallLimits;
import dev.wonflow.payment.payment.StatusCheckProperties;
import org.springframework.context.annotation.Configuration;

/** Keeps the service from starting with time limits that contradict one another. */
@Configuration(proxyBeanMethods = false)
class StatusCheckConfiguration {

    StatusCheckConfiguration(StatusCheckProperties settings, CallLimits calls) {
        settings.requireLongerThan(calls);
    }
}
