package dev.wonflow.web.statement;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * States of a route what its signature cannot. The service's OpenAPI document is made of it, of the signature and of
 * the handler's Javadoc, whose readers are therefore callers.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Operation {

    /** Its name, by which generated clients call it; published, so for ever. */
    String id();

    /** Statuses of the answers that are no problem. */
    int[] status() default 200;

    /** What these answers carry, where the return type does not say it. */
    Class<?> body() default Void.class;

    /** What the body is, if it is no JSON. */
    String produces() default "";

    /** A record that says what each line of the body holds, if the body is JSON lines. */
    Class<?> lines() default Void.class;

    /** A record with a component for each parameter of the query that the signature does not name. */
    Class<?> query() default Void.class;

    /** Headers that are read if they are sent. */
    String[] headers() default {};

    /** Codes of the problems of its own; those that follow from tokens, keys and bodies are added. */
    String[] problems() default {};
}
