package dev.carillon.platform.batch;

/** Makes paces. */
@FunctionalInterface
public interface Pacing {

    Pace pace();
}
