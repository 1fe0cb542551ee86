package dev.carillon.notification.callback;

import dev.carillon.delivery.report.Callback;
import dev.carillon.delivery.report.CallbackReader;
import dev.carillon.delivery.report.CallbackReading;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Takes in callbacks. It verifies the sender first and rejects whatever it cannot verify. */
@ApplicationScoped
class CallbackIntake {

    private final Map<String, CallbackReader> readers;
    private final Reports reports;
    private final ForgedCallbacks forgeries;

    CallbackIntake(@All List<CallbackReader> readers, Reports reports, ForgedCallbacks forgeries) {
        this.readers = readers.stream().collect(Collectors.toMap(CallbackReader::kind, Function.identity()));
        this.reports = reports;
        this.forgeries = forgeries;
    }

    /** A key that is none stops the start. */
    void start(@Observes @Priority(2) StartupEvent starting) {}

    /** @param provider as it is written down */
    Uni<CallbackResult> take(String kind, String provider, Callback callback) {
        var reading = readers.get(kind).read(callback);
        if (reading instanceof CallbackReading.Authentic heard) {
            return reports.take(provider, heard);
        }
        if (reading instanceof CallbackReading.Malformed garbled) {
            throw new ProblemException(Problem.invalid("", "is " + garbled.why()));
        }
        if (reading instanceof CallbackReading.Forged forged) {
            forgeries.another(provider, forged.why());
            throw new ProblemException(ProblemType.UNAUTHENTICATED, forged.why());
        }
        throw new ProblemException(ProblemType.NOT_FOUND, "Callbacks of this provider are not configured");
    }
}
