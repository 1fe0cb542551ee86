package dev.carillon.platform.rest;

import org.jspecify.annotations.Nullable;

/** A page of a longer list; what it gives as next is sent as {@code after} for the following one. */
public interface Paged {

    /** Null on the last page. */
    @Nullable
    Object next();
}
