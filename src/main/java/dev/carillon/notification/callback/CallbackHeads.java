package dev.carillon.notification.callback;

import dev.carillon.delivery.report.CallbackReader;
import dev.carillon.platform.http.HeadRule;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemType;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Refuses callbacks of providers that are not configured, before their body is read. Callbacks need no API key. */
@ApplicationScoped
class CallbackHeads implements HeadRule {

    private static final String PATH = "/api/v1/callbacks/";

    private final Map<String, CallbackReader> readers;

    CallbackHeads(@All List<CallbackReader> readers) {
        this.readers = readers.stream().collect(Collectors.toMap(CallbackReader::kind, Function.identity()));
    }

    @Override
    public @Nullable Problem refusal(String method, String path) {
        if (!path.startsWith(PATH) || !method.equals("POST")) {
            return null;
        }
        var named = path.substring(PATH.length()).split("/", 2);
        var reader = readers.get(named[0]);
        return reader != null && reader.isOpen(named[named.length - 1])
                ? null
                : Problem.of(ProblemType.NOT_FOUND, "Callbacks of this provider are not configured");
    }
}
