package dev.carillon.delivery.email;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedDelivery;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** What the email provider does with the addresses a test has chosen, and what it was given for them. */
@ApplicationScoped
public class EmailScripts {

    private final Map<String, Function<LeasedDelivery, Uni<DeliveryOutcome>>> scripts = new ConcurrentHashMap<>();
    private final Map<String, List<LeasedDelivery>> received = new ConcurrentHashMap<>();

    /** From now on {@code script} answers for {@code address}; every other address goes to the provider itself. */
    public void play(String address, Function<LeasedDelivery, Uni<DeliveryOutcome>> script) {
        scripts.put(address, script);
    }

    /** What the provider was given for a scripted address so far. */
    public List<LeasedDelivery> received(String address) {
        return received.getOrDefault(address, List.of());
    }

    boolean isScripted(String address) {
        return scripts.containsKey(address);
    }

    Uni<DeliveryOutcome> send(LeasedDelivery delivery) {
        var address = delivery.delivery().recipient();
        received.computeIfAbsent(address, any -> new CopyOnWriteArrayList<>()).add(delivery);
        return scripts.get(address).apply(delivery);
    }
}
