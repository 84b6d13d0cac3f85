package dev.wonflow.web.statement;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * States of a field of a body, or of a parameter, what its type cannot. It checks nothing: the value objects do, and a
 * test sends what is beyond each limit.
 */
@Documented
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface Field {

    /** Stands for no limit. */
    long NONE = Long.MIN_VALUE;

    /** Whether it has to be sent. An answer has every field that is not {@code null}. */
    boolean required() default false;

    /** Least number, characters of a text, or elements of a list; a text with a greatest length is not blank. */
    long min() default NONE;

    /** Greatest number, characters of a text, or elements of a list. */
    long max() default NONE;

    /** Regular expression the whole text matches. */
    String pattern() default "";

    /** Form of a text that has a name, such as {@code date}. */
    String format() default "";

    /** Whether it is a sum: whole won. */
    boolean won() default false;

    /** The one text there may be. */
    String only() default "";

    /** An enum with the words there are, which are written in lower case. In an answer others may come. */
    Class<? extends Enum<?>> words() default None.class;

    /** What it may be, as JSON writes it or as plain text. */
    String example() default "";

    /** Stands for no words. */
    enum None {}
}
