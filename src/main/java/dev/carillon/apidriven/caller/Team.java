package dev.carillon.apidriven.caller;

/** On whose behalf a team calls: its tenant's own platform, and the key to the notification API. */
public record Team(String tenant, String apiKey) {

    @Override
    public String toString() {
        return "Team[" + tenant + "]";
    }
}
