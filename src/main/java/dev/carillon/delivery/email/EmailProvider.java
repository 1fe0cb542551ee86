package dev.carillon.delivery.email;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedParcel;
import io.smallrye.mutiny.Uni;

/** Who sends email for us. A new one is a bean that implements this; its name is put into the configuration. */
public interface EmailProvider {

    String name();

    Uni<DeliveryOutcome> send(LeasedParcel parcel);
}
