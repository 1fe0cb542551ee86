package dev.carillon.eventsourced.reaction;

import dev.carillon.platform.sql.Tx;
import dev.carillon.platform.steps.Journeys;
import dev.carillon.platform.telemetry.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The live reaction, with a span for each traced event, under the trace that its journal row carries. */
@ApplicationScoped
class TracedReaction {

    private final LiveReaction reaction;
    private final Journeys journeys;
    private final Traces traces;

    TracedReaction(LiveReaction reaction, Journeys journeys, Traces traces) {
        this.reaction = reaction;
        this.journeys = journeys;
        this.traces = traces;
    }

    Uni<Reaction.Reacted> react(Tx tx, List<Trigger> triggers) {
        var spans = triggers.stream()
                .filter(Trigger.EventTrigger.class::isInstance)
                .map(trigger -> ((Trigger.EventTrigger) trigger).event())
                .filter(event -> event.extension("traceparent") != null)
                .map(event ->
                        traces.begin("react " + event.address(), SpanKind.CONSUMER, event.extension("traceparent")))
                .toList();
        var work = reaction.react(tx, triggers);
        return spans.isEmpty() ? work : work.onTermination().invoke(() -> spans.forEach(Span::end));
    }

    /** Call it after the commit. */
    void committed(Reaction.Reacted reacted, List<Trigger> triggers) {
        reaction.committed(reacted);
        journeys.moved(triggers.stream().map(Trigger::tenant).toList());
    }

    Uni<Void> putAside(Tx tx, Trigger trigger, String error) {
        return reaction.putAside(tx, trigger, error);
    }
}
