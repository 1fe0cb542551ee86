package dev.carillon.apidriven.caller;

/** The tenant and API key a team calls with. */
public record Team(String tenant, String apiKey) {

    @Override
    public String toString() {
        return "Team[" + tenant + "]";
    }
}
