package dev.carillon.delivery.sms;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedParcel;
import dev.carillon.delivery.MaskedAddress;
import dev.carillon.delivery.MockProvider;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Sends nothing and says so: one log line a sms, the address masked, no content. */
@ApplicationScoped
class MockSmsProvider implements SmsProvider {

    private static final Logger LOG = Logger.getLogger(MockSmsProvider.class);

    private final MockProvider mock;

    MockSmsProvider(SmsSettings settings) {
        var mock = settings.mock();
        this.mock = new MockProvider(mock.latency(), mock.failureRate(), mock.seed());
    }

    @Override
    public String name() {
        return "mock";
    }

    @Override
    public Uni<DeliveryOutcome> send(LeasedParcel parcel) {
        return mock.send(parcel, () -> LOG.infof("[SMS] To: %s delivery=%s attempt=%s",
                MaskedAddress.of(parcel.parcel().recipient()), parcel.parcel().id(), parcel.attempt()));
    }
}
