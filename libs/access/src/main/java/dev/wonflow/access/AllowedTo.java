package dev.wonflow.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * States at a route who may call it: callers with a token of a tenant with one of these permissions. The handler learns
 * of the tenant by a parameter of type {@link Caller}. Where all of them begin with {@code operator:}, the route is for
 * operators, whose tokens need no tenant; its handler learns who it is by a parameter of type {@link Operator}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AllowedTo {

    /** Permissions of which one is enough, such as {@code checkout:write}. */
    String[] value();
}
