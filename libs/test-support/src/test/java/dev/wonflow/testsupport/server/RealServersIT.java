package dev.wonflow.testsupport.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@SpringBootTest(classes = RealServersIT.Surroundings.class)
@RealServers
class RealServersIT {

    @Autowired
    private Environment environment;

    @Test
    void a_spring_boot_test_finds_its_servers_as_settings() {
        assertThat(environment.getProperty("spring.datasource.url")).startsWith("jdbc:postgresql://127.0.0.1:");
        assertThat(environment.getProperty("spring.datasource.username")).startsWith("service_");
        assertThat(environment.getProperty("spring.kafka.bootstrap-servers"))
                .isEqualTo(TestServers.kafka().bootstrapServers());
    }

    @Configuration(proxyBeanMethods = false)
    static class Surroundings {}
}
