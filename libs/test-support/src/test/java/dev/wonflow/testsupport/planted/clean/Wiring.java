package dev.wonflow.testsupport.planted.clean;

import dev.wonflow.testsupport.planted.clean.jdbc.Mugs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring may know the adapters it wires. */
@Configuration(proxyBeanMethods = false)
class Wiring {

    @Bean
    Mugs mugs() {
        return new Mugs();
    }
}
