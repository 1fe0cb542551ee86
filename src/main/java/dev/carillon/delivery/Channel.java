package dev.carillon.delivery;

import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.ParsedAddress;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** A way to reach someone. To add one, write a package with a bean that implements this; no other file changes. */
public interface Channel {

    /** The name used in preferences, templates and the API: {@code email}, {@code sms}. */
    String name();

    /** The provider that sends for it while all is well. */
    String provider();

    /** Whether the address is the customer's id, so that everybody who is known has one. */
    default boolean reachesByCustomerId() {
        return false;
    }

    /**
     * Whether customers have an address on this channel that they give us. False if the address is their id, and if the
     * channel reaches no customers.
     */
    default boolean hasAddresses() {
        return !reachesByCustomerId();
    }

    /** An address as it is kept and compared; where a channel says nothing else, any text is one. */
    default ParsedAddress address(String written) {
        return new ParsedAddress.Address(Blank.stripped(written));
    }

    /** Whether what fails at one {@link #destination} says nothing of the others: it goes to subscribers, or customers' endpoints. */
    default boolean hasDestinations() {
        return false;
    }

    /**
     * The destination within its tenant: a subscription, the host of an endpoint. Without destinations, the provider
     * itself.
     */
    default String destination(Delivery delivery) {
        return provider();
    }

    /** The size limits of a message; empty for a channel without limits. */
    default List<SizeLimit> sizeLimits() {
        return List.of();
    }

    /** Tries once. A failure of the {@code Uni} is a bug or a broken connection and is retried like a transient one. */
    Uni<DeliveryOutcome> send(LeasedDelivery delivery);

    /**
     * The way of what must not reach anybody, for it belongs to a {@linkplain dev.carillon.platform.security.ThrowawayTenant throwaway tenant}: a
     * channel that says nothing about it sends nothing.
     */
    default Route backtestRoute() {
        return Route.NOWHERE;
    }

    /** Everybody who can send for it, the first choice first. */
    default List<Route> routes() {
        return List.of(new Route(provider(), this::send));
    }
}
