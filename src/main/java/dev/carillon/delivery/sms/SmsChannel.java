package dev.carillon.delivery.sms;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedParcel;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** The sms channel, through the provider that is configured. */
@ApplicationScoped
class SmsChannel implements Channel {

    private final SmsProvider provider;

    SmsChannel(@All List<SmsProvider> providers, SmsSettings settings) {
        this.provider = providers.stream().filter(p -> p.name().equals(settings.provider())).findFirst()
                .orElseThrow(() -> new IllegalStateException("carillon.delivery.sms.provider=" + settings.provider()
                        + " is none of " + providers.stream().map(SmsProvider::name).toList()));
    }

    @Override
    public String name() {
        return "sms";
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
