package dev.carillon.platform.steps;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The watched runs, by tenant. A demo run is its own tenant, so the tenant says whose step it was, on any thread. For
 * every other tenant recording costs one look-up in an empty map.
 */
@ApplicationScoped
public class Journeys {

    private final Map<String, Journey> byTenant = new ConcurrentHashMap<>();

    public Journey begin(String tenant) {
        var journey = new Journey();
        byTenant.put(tenant, journey);
        return journey;
    }

    public void end(String tenant) {
        byTenant.remove(tenant);
    }

    public boolean watched(String tenant) {
        return !byTenant.isEmpty() && byTenant.containsKey(tenant);
    }

    /** Records a step if this tenant is watched; only then the detail is built. */
    public void step(
            String tenant,
            Step.StepKind kind,
            String component,
            String target,
            String action,
            Supplier<String> detail) {
        if (!byTenant.isEmpty()) {
            var journey = byTenant.get(tenant);
            if (journey != null) {
                journey.add(kind, component, target, action, detail.get());
            }
        }
    }

    /** Something of these tenants was committed: runs that wait for them look again. */
    public void moved(Collection<String> tenants) {
        if (!byTenant.isEmpty()) {
            tenants.stream()
                    .distinct()
                    .map(byTenant::get)
                    .filter(journey -> journey != null)
                    .forEach(Journey::moved);
        }
    }

    public List<Step> steps(String tenant) {
        var journey = byTenant.get(tenant);
        return journey == null ? List.of() : journey.steps();
    }

    /** Completes when {@code atRest} says so; asked at once and after every move. */
    public Uni<Void> rest(String tenant, Supplier<Uni<Boolean>> atRest) {
        var journey = byTenant.get(tenant);
        return journey == null
                ? Uni.createFrom().failure(new IllegalStateException("nobody follows " + tenant))
                : journey.rest(atRest);
    }
}
