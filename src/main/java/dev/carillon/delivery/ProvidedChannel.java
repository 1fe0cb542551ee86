package dev.carillon.delivery;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** A channel whose parcels go to the provider that is configured for it, unless no provider could deliver them. */
public abstract class ProvidedChannel implements Channel {

    private final String name;
    private final Providers.Opened provider;

    protected ProvidedChannel(String name, Providers providers) {
        this.name = name;
        this.provider = providers.open(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String provider() {
        return provider.name();
    }

    @Override
    public Uni<DeliveryOutcome> send(LeasedParcel leased) {
        var parcel = leased.parcel();
        var unfit = OneLine.broken(parcel);
        var reason = unfit != null ? unfit : unfit(parcel);
        return reason == null ? provider.gateway().send(leased)
                : Uni.createFrom().item(new DeliveryOutcome.Refused(FailureKind.REJECTED, reason));
    }

    /** Why nobody could deliver this on the channel, without quoting it; null when somebody could. */
    protected @Nullable String unfit(Parcel parcel) {
        return null;
    }
}
