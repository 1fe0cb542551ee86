package dev.carillon.apidriven.api;

import dev.carillon.notification.Priority;
import dev.carillon.notification.Schedule;
import dev.carillon.notification.template.LocaleTag;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.Templates;
import dev.carillon.platform.json.JsonLength;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.SentTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that could never be sent: an unknown type, a context that does not fit, a channel without templates,
 * impossible times.
 */
@ApplicationScoped
class RequestCheck {

    private final Templates templates;
    private final long maxContext;

    RequestCheck(Templates templates, SubmissionSettings settings) {
        this.templates = templates;
        this.maxContext = settings.maxContext().asLongValue();
    }

    /** A checked request, ready for the pipeline. */
    record CheckedRequest(
            List<String> channels,
            Priority priority,
            Schedule schedule,
            @Nullable Locale locale) {}

    CheckedRequest check(String tenant, NotificationRequest request, FieldNames names) {
        var type = templates
                .type(tenant, request.type())
                .orElseThrow(() -> new ProblemException(Problem.of(
                                ProblemType.UNKNOWN_TYPE, "Known types: " + String.join(", ", knownTypes()))
                        .withErrors(List.of(new FieldError("is not a known notification type", names.type())))));
        if (JsonLength.of(request.context()) > maxContext) {
            throw new ProblemException(
                    Problem.invalid(names.inContext("/context"), "must have at most " + maxContext + " bytes as JSON")
                            .with("limit", maxContext));
        }
        var errors = new ArrayList<FieldError>();
        templates
                .check(type, request.context())
                .forEach(found -> errors.add(new FieldError(found.detail(), names.inContext(found.pointer()))));
        var channels = request.channels() == null ? List.<String>of() : request.channels();
        for (int index = 0; index < channels.size(); index++) {
            if (!type.channels().contains(channels.get(index))) {
                errors.add(new FieldError(
                        "is no channel of " + type.name() + "; it has " + String.join(", ", type.channels()),
                        "/channels/" + index));
            }
        }
        var schedule = new Schedule(
                time("/sendAt", request.sendAt(), errors), time("/expiresAt", request.expiresAt(), errors));
        if (schedule.sendAt() != null
                && schedule.expiresAt() != null
                && !schedule.sendAt().isBefore(schedule.expiresAt())) {
            errors.add(new FieldError("must be after sendAt", "/expiresAt"));
        }
        var named = Blank.toNull(request.locale());
        var locale = LocaleTag.read(named).orElse(null);
        if (named != null && locale == null) {
            errors.add(new FieldError(LocaleTag.IN_WORDS, "/locale"));
        }
        var priority = priority(Blank.toNull(request.priority()), errors);
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
        return new CheckedRequest(channels, priority, schedule, locale);
    }

    private static Priority priority(@Nullable String named, List<FieldError> errors) {
        return named == null
                ? Priority.NORMAL
                : Priority.named(named).orElseGet(() -> {
                    errors.add(new FieldError("must be high, normal or low", "/priority"));
                    return Priority.NORMAL;
                });
    }

    private static @Nullable Instant time(String pointer, @Nullable String written, List<FieldError> errors) {
        var sent = Blank.toNull(written);
        var time = sent == null ? null : SentTime.parse(sent).orElse(null);
        if (sent != null && time == null) {
            errors.add(new FieldError(SentTime.FORM, pointer));
        }
        return time;
    }

    private List<String> knownTypes() {
        return templates.types().stream().map(NotificationType::name).sorted().toList();
    }
}
