package dev.carillon.notification.suppression;

import dev.carillon.delivery.DeliveryTransactionListener;
import dev.carillon.notification.preference.Suppression.Cause;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Suppresses the addresses that a provider refused during an attempt, just as if a callback had reported them. */
@ApplicationScoped
class RefusedAddresses implements DeliveryTransactionListener {

    private final Suppressions suppressions;

    RefusedAddresses(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    @Override
    public Uni<Void> blocked(Tx tx, List<Blocked> blocked) {
        return suppressions.change(
                tx,
                blocked.stream()
                        .map(one -> new SuppressionChange(
                                one.tenant(),
                                one.channel(),
                                one.address(),
                                Cause.of(one.block()),
                                one.detail(),
                                one.provider(),
                                one.at()))
                        .toList());
    }
}
