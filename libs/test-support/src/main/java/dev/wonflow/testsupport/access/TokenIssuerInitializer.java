package dev.wonflow.testsupport.access;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Names the issuer a service is to trust, as {@link WithTokenIssuer} does. A service without sign-in does not mind. */
public final class TokenIssuerInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of("spring.security.oauth2.resourceserver.jwt.issuer-uri="
                        + TokenIssuer.shared().uri())
                .applyTo(context);
    }
}
