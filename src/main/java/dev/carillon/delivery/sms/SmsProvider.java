package dev.carillon.delivery.sms;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedParcel;
import io.smallrye.mutiny.Uni;

/** Who sends sms for us. A new one is a bean that implements this; its name is put into the configuration. */
public interface SmsProvider {

    String name();

    Uni<DeliveryOutcome> send(LeasedParcel parcel);
}
