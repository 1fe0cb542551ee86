package dev.carillon.delivery;

/** Why nothing more should go to an address. */
public enum Block {

    /** There is nobody there, and will not be. */
    BOUNCE,
    /** They called it spam. */
    COMPLAINT,
    /** They asked us to stop. */
    STOP
}
