package dev.carillon.eventsourced.intake;

import dev.carillon.eventsourced.journal.EventSizes;
import dev.carillon.eventsourced.journal.EventSizes.EventTooLargeException;
import dev.carillon.notification.recipient.KnownRegions;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.idempotency.IdempotentWork;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.telemetry.Traces;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;

/** Reads a request's items one by one, in any form. */
@ApplicationScoped
class EventReader {

    private final PlainEvents plain;
    private final CloudEvents cloud;
    private final EventSizes sizes;
    private final Ids ids;
    private final Traces traces;
    private final RecipientDirectory recipients;
    private final Transactions transactions;

    EventReader(
            PlainEvents plain,
            CloudEvents cloud,
            EventSizes sizes,
            Ids ids,
            Traces traces,
            RecipientDirectory recipients,
            Transactions transactions) {
        this.plain = plain;
        this.cloud = cloud;
        this.sizes = sizes;
        this.ids = ids;
        this.traces = traces;
        this.recipients = recipients;
        this.transactions = transactions;
    }

    RequestContext arrival(String tenant, IdempotentWork work) {
        return new RequestContext(tenant, ids.now(), traces.current(), work, KnownRegions.none());
    }

    /** Customers are looked up where an event has a number of theirs without its country. */
    Uni<List<ReadEvent>> read(EventMessage message, RequestContext arrival) {
        return KnownRegions.reading(
                known -> readings(message, arrival.with(known)),
                asked -> transactions.inTransaction(tx -> recipients.regions(tx, asked)));
    }

    private List<ReadEvent> readings(EventMessage message, RequestContext arrival) {
        var items = message.items();
        var small = sizes.isSmall(message.bytes());
        return IntStream.range(0, items.size())
                .mapToObj(index -> message.form() == Form.PLAIN
                        ? plain.read(items.get(index), arrival, index)
                        : cloud.read(items.get(index), arrival))
                .map(reading -> small ? reading : sized(reading))
                .toList();
    }

    private ReadEvent sized(ReadEvent reading) {
        try {
            if (reading instanceof ReadEvent.ValidEvent fit) {
                sizes.check(fit.event());
            }
            return reading;
        } catch (EventTooLargeException e) {
            return ReadEvent.InvalidEvent.tooLarge(e);
        }
    }
}
