package dev.carillon.eventsourced.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The wire names of event records, derived from the sealed types: {@code OrderingEvent.OrderStatusChanged} is {@code
 * ordering.order-status-changed}, published on {@code bss.ordering}. A new record needs no registration.
 */
public final class EventTypes {

    /** The address of types no domain team of ours publishes. */
    public static final String OTHER = "bss.other";

    private static final Map<String, Class<? extends DomainEvent>> BY_NAME =
            leaves().collect(Collectors.toUnmodifiableMap(EventTypes::nameOf, Function.identity()));

    private EventTypes() {}

    public static Optional<Class<? extends DomainEvent>> named(String type) {
        return Optional.ofNullable(BY_NAME.get(type));
    }

    public static List<String> names() {
        return BY_NAME.keySet().stream().sorted().toList();
    }

    public static String nameOf(Class<? extends DomainEvent> event) {
        return domainOf(event) + "." + kebab(event.getSimpleName());
    }

    /** Every address, the known domains' and {@link #OTHER}. */
    public static List<String> addresses() {
        return Stream.concat(BY_NAME.keySet().stream().map(EventTypes::addressOf), Stream.of(OTHER))
                .distinct()
                .sorted()
                .toList();
    }

    public static String addressOf(String type) {
        return BY_NAME.containsKey(type) ? "bss." + type.substring(0, type.indexOf('.')) : OTHER;
    }

    private static String domainOf(Class<? extends DomainEvent> event) {
        var domain = event.getEnclosingClass().getSimpleName();
        return domain.substring(0, domain.length() - "Event".length()).toLowerCase(Locale.ROOT);
    }

    private static String kebab(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    @SuppressWarnings("unchecked")
    private static Stream<Class<? extends DomainEvent>> leaves() {
        return Arrays.stream(DomainEvent.class.getPermittedSubclasses())
                .flatMap(domain -> Arrays.stream(domain.getPermittedSubclasses()))
                .map(leaf -> (Class<? extends DomainEvent>) leaf);
    }
}
