package dev.carillon.delivery.email;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedParcel;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

/** Stands in front of every email provider and lets everything through but what {@link EmailScripts} has a script for. */
@Decorator
@Priority(1)
class ScriptedEmailProvider implements EmailProvider {

    private final EmailProvider provider;
    private final EmailScripts scripts;

    @Inject
    ScriptedEmailProvider(@Delegate @Any EmailProvider provider, EmailScripts scripts) {
        this.provider = provider;
        this.scripts = scripts;
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public Uni<DeliveryOutcome> send(LeasedParcel parcel) {
        return scripts.isScripted(parcel.parcel().recipient()) ? scripts.send(parcel) : provider.send(parcel);
    }
}
