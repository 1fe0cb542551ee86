package dev.carillon.delivery.email;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.Route;
import dev.carillon.delivery.SizeLimit;
import dev.carillon.platform.value.ParsedAddress;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.List;

/** Stands in front of every channel and lets everything through but the email that {@link EmailScripts} has a script for. */
@Decorator
@Priority(1)
class ScriptedEmail implements Channel {

    private final Channel channel;
    private final EmailScripts scripts;

    @Inject
    ScriptedEmail(@Delegate @Any Channel channel, EmailScripts scripts) {
        this.channel = channel;
        this.scripts = scripts;
    }

    @Override
    public String name() {
        return channel.name();
    }

    @Override
    public String provider() {
        return channel.provider();
    }

    @Override
    public boolean reachesByCustomerId() {
        return channel.reachesByCustomerId();
    }

    @Override
    public boolean hasAddresses() {
        return channel.hasAddresses();
    }

    @Override
    public ParsedAddress address(String written) {
        return channel.address(written);
    }

    @Override
    public List<SizeLimit> sizeLimits() {
        return channel.sizeLimits();
    }

    @Override
    public boolean hasDestinations() {
        return channel.hasDestinations();
    }

    @Override
    public String destination(Delivery delivery) {
        return channel.destination(delivery);
    }

    @Override
    public Uni<DeliveryOutcome> send(LeasedDelivery leased) {
        return isScripted(leased) ? scripts.send(leased) : channel.send(leased);
    }

    @Override
    public List<Route> routes() {
        return channel.routes().stream()
                .map(route -> new Route(
                        route.provider(),
                        route.gateway()
                                .behind(leased -> isScripted(leased)
                                        ? scripts.send(leased)
                                        : route.gateway().send(leased))))
                .toList();
    }

    private boolean isScripted(LeasedDelivery leased) {
        return leased.delivery().channel().equals("email")
                && scripts.isScripted(leased.delivery().recipient());
    }
}
