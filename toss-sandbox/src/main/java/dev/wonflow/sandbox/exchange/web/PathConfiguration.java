package dev.wonflow.sandbox.exchange.web;

import dev.wonflow.sandbox.assumption.Assumptions;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.UrlHandlerFilter;

/** How paths of the API may be spelled. */
@Configuration(proxyBeanMethods = false)
class PathConfiguration {

    /** Before every other filter, so that a path with a slash at its end is the one without it to all of them. */
    @Bean
    FilterRegistrationBean<UrlHandlerFilter> trailingSlash(Assumptions assumptions) {
        FilterRegistrationBean<UrlHandlerFilter> filter =
                new FilterRegistrationBean<>(UrlHandlerFilter.trailingSlashHandler("/v1/*/**", "/v2/*/**")
                        .wrapRequest()
                        .build());
        filter.setEnabled(assumptions.trailingSlash());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }
}
