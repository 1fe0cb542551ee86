package dev.carillon.apidriven.caller;

import dev.carillon.apidriven.api.Accepted;
import dev.carillon.apidriven.api.NotificationApi;
import dev.carillon.apidriven.api.NotificationRequest;
import dev.carillon.bss.Customer;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.platform.steps.Journeys;
import dev.carillon.platform.steps.Step;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The notification service as the other teams see it: an HTTP API, called with a key. */
@ApplicationScoped
class NotificationService {

    private static final String NAME = "NotificationService";

    private final CallerSettings settings;
    private final Config config;
    private final Journeys journeys;
    private volatile @Nullable NotificationApi api;

    NotificationService(CallerSettings settings, Config config, Journeys journeys) {
        this.settings = settings;
        this.config = config;
        this.journeys = journeys;
    }

    /** Asks for a notification; who it is for, and whether at all, the team has decided. */
    Uni<Accepted> submit(Team team, String caller, NotificationRequest request) {
        return api().submit(team.apiKey(), request)
                .invoke(accepted -> journeys.step(
                        team.tenant(),
                        Step.StepKind.CALL,
                        caller,
                        NAME,
                        "called POST /api/v1/notifications",
                        () -> request.type() + " for " + request.customerId() + ": " + accepted.status()));
    }

    /** The customer's choices for a category: channel → wanted. Empty if they never chose, or want nothing at all. */
    Uni<Map<String, Boolean>> choices(Team team, String caller, String customerId, String category) {
        return api().preferences(team.apiKey(), customerId)
                .map(found -> found.optedOut()
                        ? Map.<String, Boolean>of()
                        : found.choices().getOrDefault(category, Map.of()))
                .invoke(() -> journeys.step(
                        team.tenant(),
                        Step.StepKind.LOOKUP_BY_DOMAIN_TEAM,
                        caller,
                        NAME,
                        "looked up preferences",
                        () -> customerId + ", " + category));
    }

    Uni<Void> keep(Team team, Customer customer) {
        var contact = new HashMap<String, @Nullable Object>();
        contact.put("name", customer.name());
        contact.put("email", customer.email());
        contact.put("phone", customer.phone());
        contact.put("segment", customer.segment());
        return api().keepCustomer(team.apiKey(), customer.id(), contact).replaceWithVoid();
    }

    Uni<Void> keepPreferences(Team team, String customerId, Map<String, Map<String, Boolean>> choices) {
        return api().keepPreferences(team.apiKey(), customerId, Preferences.of(choices))
                .replaceWithVoid();
    }

    /** Made at the first call: only then is it known which port this process listens on. */
    private NotificationApi api() {
        var made = api;
        if (made == null) {
            made = QuarkusRestClientBuilder.newBuilder()
                    .baseUri(settings.url().orElseGet(this::ourselves))
                    .connectTimeout(2, TimeUnit.SECONDS)
                    .readTimeout(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS)
                    .build(NotificationApi.class);
            api = made;
        }
        return made;
    }

    private URI ourselves() {
        var port = config.getValue(
                LaunchMode.current() == LaunchMode.TEST ? "quarkus.http.test-port" : "quarkus.http.port",
                Integer.class);
        return URI.create("http://127.0.0.1:" + port);
    }
}
