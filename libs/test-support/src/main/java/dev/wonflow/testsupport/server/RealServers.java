package dev.wonflow.testsupport.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.ContextConfiguration;

/**
 * Gives the application context of a {@code @SpringBootTest} a fresh database, Kafka, and an issuer to trust. Test
 * classes with the same configuration share one context and so one database; the broker is one per JVM, so tests tell
 * their records apart by key.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ContextConfiguration(initializers = RealServersInitializer.class)
public @interface RealServers {}
