package dev.carillon.delivery;

/** Why nothing more is sent to an address. */
public enum Block {

    /** There is nobody there, and will not be. */
    BOUNCE,
    /** They called it spam. */
    COMPLAINT,
    /** They asked us to stop. */
    STOP
}
