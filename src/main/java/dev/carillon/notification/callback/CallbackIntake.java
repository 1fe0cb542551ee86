package dev.carillon.notification.callback;

import dev.carillon.delivery.report.Callback;
import dev.carillon.delivery.report.CallbackReader;
import dev.carillon.delivery.report.CallbackReading;
import dev.carillon.platform.http.HeadRule;
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
import org.jspecify.annotations.Nullable;

/**
 * Takes in callbacks. They need no API key: it verifies the sender and rejects whatever it cannot verify. Those of
 * providers that are not configured are refused before their body is read.
 */
@ApplicationScoped
class CallbackIntake implements HeadRule {

    private static final String PATH = "/api/v1/callbacks/";
    private static final String NOT_CONFIGURED = "Callbacks of this provider are not configured";

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

    @Override
    public @Nullable Problem refusal(String method, String path) {
        if (!path.startsWith(PATH) || !method.equals("POST")) {
            return null;
        }
        var named = path.substring(PATH.length()).split("/", 2);
        var reader = readers.get(named[0]);
        return reader != null && reader.isOpen(named[named.length - 1])
                ? null
                : Problem.of(ProblemType.NOT_FOUND, NOT_CONFIGURED);
    }

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
        throw new ProblemException(ProblemType.NOT_FOUND, NOT_CONFIGURED);
    }
}
