package dev.carillon.eventsourced.bus;

import dev.carillon.eventsourced.journal.JournalMetrics;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.platform.steps.Journeys;
import dev.carillon.platform.steps.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Publishes recorded events on the bus. Call it after the commit. */
@ApplicationScoped
public class Announcer {

    private final DomainBus bus;
    private final JournalMetrics metrics;
    private final Journeys journeys;

    Announcer(DomainBus bus, JournalMetrics metrics, Journeys journeys) {
        this.bus = bus;
        this.metrics = metrics;
        this.journeys = journeys;
    }

    /** @param the publisher, as the diagram names it */
    public void announce(List<RecordedEvent> recorded, String who) {
        metrics.appended(recorded);
        recorded.forEach(one -> journeys.step(
                one.event().tenant(),
                Step.StepKind.PUBLISH,
                who,
                "EventBus",
                "published " + one.event().type(),
                () -> "on " + one.event().address() + ", journal position " + one.position()));
        bus.publish(recorded.stream().map(RecordedEvent::event).toList());
    }
}
