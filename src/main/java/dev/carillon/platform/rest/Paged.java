package dev.carillon.platform.rest;

import org.jspecify.annotations.Nullable;

/** A page of a longer list. Its {@code next} is sent as {@code after} to get the following page. */
public interface Paged {

    /** Null on the last page. */
    @Nullable
    Object next();
}
