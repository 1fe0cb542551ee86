package dev.carillon.apidriven.api;

import dev.carillon.notification.Door;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.NotificationIntake;
import dev.carillon.notification.Priority;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.tracking.Origin;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.problem.Problem.FieldError;
import dev.carillon.platform.problem.ProblemException;
import dev.carillon.platform.problem.ProblemType;
import dev.carillon.platform.trace.Traces;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** What every way of submitting has in common: is the type known, does the context fit, is the customer known. */
@ApplicationScoped
class Submissions {

    private final Templates templates;
    private final NotificationIntake intake;
    private final Ids ids;
    private final Traces traces;
    private final Clock clock;

    Submissions(Templates templates, NotificationIntake intake, Ids ids, Traces traces, Clock clock) {
        this.templates = templates;
        this.intake = intake;
        this.ids = ids;
        this.traces = traces;
        this.clock = clock;
    }

    /** Answers after the commit; fails with a problem that names the field. */
    Uni<Receipt> submit(String tenant, NotificationRequest request, FieldNames names) {
        check(request, names);
        var origin = new Origin(Door.API_DRIVEN.wire(), null, null, null, List.of(), traces.current(), null);
        var command = new NotificationCommand(tenant, ids.next(), request.type(), request.customerId(), request.context(),
                request.businessKey(), List.of(), Priority.NORMAL, null, origin, clock.instant(), null, null, false);
        return intake.submit(command).invoke(receipt -> {
            if (receipt instanceof Receipt.Unknown) {
                throw Refusals.unknownCustomer(request.customerId(), names.customerId());
            }
        });
    }

    private void check(NotificationRequest request, FieldNames names) {
        var type = templates.type(request.type()).orElseThrow(() -> new ProblemException(
                Problem.of(ProblemType.UNKNOWN_TYPE, "Known types: " + String.join(", ", knownTypes()))
                        .withErrors(List.of(new FieldError("is not a known notification type", names.type())))));
        var errors = Stream.concat(
                templates.check(type, request.context()).stream().map(found -> new FieldError(found.detail(), found.pointer())),
                NulCharacters.in("/context", request.context()).stream())
                .map(error -> new FieldError(error.detail(), names.inContext(error.pointer()))).toList();
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
    }

    private List<String> knownTypes() {
        return templates.types().stream().map(NotificationType::name).sorted().toList();
    }
}
