package dev.wonflow.testsupport.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.ContextConfiguration;

/** Has the application context of a {@code @SpringBootTest} trust {@link TokenIssuer#shared()}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ContextConfiguration(initializers = TokenIssuerInitializer.class)
public @interface WithTokenIssuer {}
