package dev.wonflow.web;

import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.web.json.StrictJson;
import dev.wonflow.web.page.PageParameter;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Gives a service its edge. */
@AutoConfiguration(
        before = {JacksonAutoConfiguration.class, ErrorMvcAutoConfiguration.class, WebMvcAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(WebProperties.class)
public final class WebAutoConfiguration {

    /** Right behind Spring Security's filter, which is at -100; what reads a body comes later. */
    private static final int BEHIND_SIGN_IN = -99;

    @Bean
    JsonFactoryBuilderCustomizer strictJsonFactory() {
        return StrictJson::tighten;
    }

    @Bean
    JsonMapperBuilderCustomizer strictJsonMapper() {
        return StrictJson::tighten;
    }

    @Bean
    FilterRegistrationBean<BodyGate> bodyGate(WebProperties properties) {
        FilterRegistrationBean<BodyGate> filter =
                new FilterRegistrationBean<>(new BodyGate(properties.maxBody().toBytes()));
        filter.setEnabled(properties.maxBody().toBytes() > 0);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    /** After the observation of a tracer, if there is one: that begins the step then. */
    @Bean
    FilterRegistrationBean<IncomingTrace> incomingTrace(ObjectProvider<Trace> trace) {
        FilterRegistrationBean<IncomingTrace> filter =
                new FilterRegistrationBean<>(new IncomingTrace(trace.getIfAvailable(Trace::passedOn)));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return filter;
    }

    @Bean
    FilterRegistrationBean<BodyGate.Answer> bodyGateAnswer(WebProperties properties) {
        FilterRegistrationBean<BodyGate.Answer> filter = new FilterRegistrationBean<>(new BodyGate.Answer());
        filter.setEnabled(properties.maxBody().toBytes() > 0);
        filter.setOrder(BEHIND_SIGN_IN);
        return filter;
    }

    @Bean
    FrameworkProblems frameworkProblems() {
        return new FrameworkProblems();
    }

    @Bean
    WebMvcConfigurer pageParameter() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new PageParameter());
            }
        };
    }

    @Bean
    ContainerProblems containerProblems() {
        return new ContainerProblems();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat(JsonMapper json) {
        return server -> server.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemValve(json)));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DataAccessException.class)
    static class WithDatabase {

        @Bean
        DatabaseProblems databaseProblems() {
            return new DatabaseProblems();
        }
    }
}
