package dev.carillon.platform.postgres;

/** How a JVM got its PostgreSQL. */
public enum StartMode {
    /** Nothing ran and nothing was left behind. */
    STARTED,
    /** A server that died had left its process file behind. */
    REPLACED,
    /** Another JVM started it; that one may be dead by now. */
    ADOPTED,
    /** This JVM has been using it before. */
    KEPT
}
