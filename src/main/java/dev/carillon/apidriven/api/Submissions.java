package dev.carillon.apidriven.api;

import dev.carillon.notification.Door;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.NotificationIntake;
import dev.carillon.notification.Priority;
import dev.carillon.notification.Receipt;
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

import java.util.List;

/** What every way of submitting has in common: is the type known, does the context fit, is the customer known. */
@ApplicationScoped
class Submissions {

    private final Templates templates;
    private final NotificationIntake intake;
    private final Ids ids;
    private final Traces traces;

    Submissions(Templates templates, NotificationIntake intake, Ids ids, Traces traces) {
        this.templates = templates;
        this.intake = intake;
        this.ids = ids;
        this.traces = traces;
    }

    /** Answers after the commit; fails with a problem that names the field. */
    Uni<Receipt> submit(String tenant, NotificationRequest request, FieldNames names) {
        check(request, names);
        var command = new NotificationCommand(tenant, ids.next(), request.type(), request.customerId(), request.context(), request.businessKey(),
                List.of(), Priority.NORMAL, null, new Origin(Door.API_DRIVEN.wire(), null, null, null, List.of(), traces.current()));
        return intake.submit(command).invoke(receipt -> {
            if (receipt instanceof Receipt.Unknown) {
                throw new ProblemException(Problem.of(ProblemType.UNKNOWN_CUSTOMER, "Nobody is known as " + request.customerId())
                        .withErrors(List.of(new FieldError("is not a known customer", names.customerId()))));
            }
        });
    }

    private void check(NotificationRequest request, FieldNames names) {
        var type = templates.type(request.type()).orElseThrow(() -> new ProblemException(
                Problem.of(ProblemType.UNKNOWN_TYPE, "Known types: " + String.join(", ", templates.types().stream().map(known -> known.name()).sorted().toList()))
                        .withErrors(List.of(new FieldError("is not a known notification type", names.type())))));
        var violations = templates.check(type, request.context());
        if (!violations.isEmpty()) {
            throw new ProblemException(Problem.invalid(violations.stream()
                    .map(violation -> new FieldError(violation.detail(), names.inContext(violation.pointer()))).toList()));
        }
    }
}
