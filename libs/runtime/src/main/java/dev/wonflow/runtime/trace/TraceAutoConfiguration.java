package dev.wonflow.runtime.trace;

import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finds out who records traces: the application's tracer if it has one, else nobody. */
@AutoConfiguration
public final class TraceAutoConfiguration {

    /** With Micrometer Tracing on the class path; there may be no tracer all the same. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Tracer.class)
    static class Recorded {

        @Bean
        @ConditionalOnMissingBean
        Trace trace(ObjectProvider<Tracer> tracer) {
            return new RecordedTrace(() -> tracer.getIfAvailable(() -> Tracer.NOOP), Trace.passedOn());
        }
    }

    /** Without it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("io.micrometer.tracing.Tracer")
    static class PassedOn {

        @Bean
        @ConditionalOnMissingBean
        Trace trace() {
            return Trace.passedOn();
        }
    }
}
