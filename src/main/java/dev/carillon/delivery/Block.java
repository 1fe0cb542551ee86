package dev.carillon.delivery;

/** Why nothing more is sent to an address. */
public enum Block {

    /** The address does not exist and will not. */
    BOUNCE,
    /** They called it spam. */
    COMPLAINT,
    /** They asked us to stop. */
    STOP
}
