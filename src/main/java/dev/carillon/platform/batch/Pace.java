package dev.carillon.platform.batch;

/**
 * Spaces out runs of one kind of work, so that requests in between are handled together. However often it is requested
 * before it begins, it runs once.
 */
public interface Pace {

    /** Runs in the caller's own thread, each time. */
    Pace AT_ONCE = Runnable::run;

    /** Does the work as soon as it may begin. */
    void soon(Runnable work);
}
