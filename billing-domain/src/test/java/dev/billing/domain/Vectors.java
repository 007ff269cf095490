package dev.billing.domain;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The figures of other systems that a single test holds us to; a table of them has their ids in its first column. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Vectors {

    /** The ids. */
    String[] value();
}
