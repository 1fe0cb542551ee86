package dev.carillon.delivery.email;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedParcel;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** The email channel, through the provider that is configured. */
@ApplicationScoped
class EmailChannel implements Channel {

    private final EmailProvider provider;

    EmailChannel(@All List<EmailProvider> providers, EmailSettings settings) {
        this.provider = providers.stream().filter(p -> p.name().equals(settings.provider())).findFirst()
                .orElseThrow(() -> new IllegalStateException("carillon.delivery.email.provider=" + settings.provider()
                        + " is none of " + providers.stream().map(EmailProvider::name).toList()));
    }

    @Override
    public String name() {
        return "email";
    }

    @Override
    public String provider() {
        return provider.name();
    }

    @Override
    public Uni<DeliveryOutcome> send(LeasedParcel parcel) {
        return provider.send(parcel);
    }
}
