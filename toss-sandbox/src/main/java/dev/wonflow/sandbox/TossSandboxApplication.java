package dev.wonflow.sandbox;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the local Toss. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class TossSandboxApplication {

    public static void main(String[] args) {
        SpringApplication.run(TossSandboxApplication.class, args);
    }
}
