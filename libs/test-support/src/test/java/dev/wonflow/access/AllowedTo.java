package dev.wonflow.access;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Planted. */
@Retention(RetentionPolicy.RUNTIME)
public @interface AllowedTo {

    /** Permissions. */
    String[] value();
}
