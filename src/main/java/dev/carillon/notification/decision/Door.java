package dev.carillon.notification.decision;

/** The door a command came in by. */
public enum Door {
    EVENT_SOURCED("event-sourced"),
    API_DRIVEN("api-driven");

    private final String wire;

    Door(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }
}
