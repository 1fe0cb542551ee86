package dev.carillon.platform.batch;

/**
 * How soon a piece of work follows the one before, so that what comes meanwhile goes together. One for each kind of work; however
 * often it is asked for before it begins, it is done once.
 */
public interface Pace {

    /** In the caller's own thread, each time. */
    Pace AT_ONCE = Runnable::run;

    /** Does the work as soon as it may begin. */
    void soon(Runnable work);
}
