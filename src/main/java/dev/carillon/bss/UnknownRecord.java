package dev.carillon.bss;

/** The platform has no such record. */
public final class UnknownRecord extends RuntimeException {

    public UnknownRecord(String what, String id) {
        super("no " + what + " " + id, null, false, false);
    }
}
