package dev.wonflow.sandbox.exchange.web;

import dev.wonflow.runtime.IdSource;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts into the server what only the server can do. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tossServer(ErrorJson json, IdSource ids) {
        return server -> {
            server.addEngineValves(new LostAnswerValve());
            server.addContextCustomizers(
                    context -> context.getParent().getPipeline().addValve(new TossErrorValve(json, ids)));
        };
    }
}
