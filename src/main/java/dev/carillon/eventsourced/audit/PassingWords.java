package dev.carillon.eventsourced.audit;

import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What would have let a gate pass, in words that follow an "if". */
final class PassingWords {

    private static final Pattern DATA = Pattern.compile("event\\.data((?:\\.\\w+)+)");
    private static final int LONGEST_VALUE = 60;

    private PassingWords() {}

    /** @param data of the event: what a condition names is quoted */
    static String of(GateResult refusal, Map<String, ?> data) {
        var detail = refusal.detail();
        return switch (refusal.gate()) {
            case WHEN ->
                refusal.reason() == Reason.AWAITING_CORRELATION
                        ? "everything the message waits for had arrived (" + detail + ")"
                        : "the event had met the condition (" + detail + values(detail, data) + ")";
            case AFTER -> "the event had come after the one it must follow (" + detail + ")";
            case AUDIENCE -> "the customer had been among those it is meant for (" + detail + ")";
            case WHERE -> "the customer had met the condition (" + detail + values(detail, data) + ")";
            case EXPIRES -> "it had not expired (" + detail + ")";
            case ONCE -> "the customer had not been told before (" + detail + ")";
            case RECIPIENT -> "the customer had been known";
            case THROTTLE -> "the customer had not had as many of these messages (" + detail + ")";
            case FREQUENCY_CAP -> "the customer had not had as many messages (" + detail + ")";
            case PREFERENCE ->
                refusal.reason() == Reason.ADDRESS_SUPPRESSED
                        ? "the address had not been blocked (" + detail + ")"
                        : "the customer had wanted these messages (" + detail + ")";
            case ADDRESS -> "there had been an address (" + detail + ")";
            default -> "the gate " + refusal.name() + " had let it pass (" + detail + ")";
        };
    }

    private static String values(String detail, Map<String, ?> data) {
        var paths = new LinkedHashSet<String>();
        DATA.matcher(detail).results().forEach(found -> paths.add(found.group(1).substring(1)));
        return paths.isEmpty()
                ? ""
                : paths.stream()
                        .map(path -> path + " was " + value(path, data))
                        .collect(Collectors.joining(", ", "; ", ""));
    }

    private static String value(String path, Map<String, ?> data) {
        @Nullable Object at = data;
        for (var name : path.split("\\.")) {
            at = at instanceof Map<?, ?> map ? map.get(name) : null;
        }
        var text = at == null ? "missing" : String.valueOf(at);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }
}
