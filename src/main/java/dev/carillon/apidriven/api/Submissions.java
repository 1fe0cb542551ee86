package dev.carillon.apidriven.api;

import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.NotificationIntake;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.decision.Origin.CallOrigin;
import dev.carillon.notification.recipient.UnknownCustomer;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.idempotency.IdempotentWork;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.telemetry.Traces;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * The checks that all forms of submission share: is the request valid, is the customer known, was it submitted before.
 */
@ApplicationScoped
class Submissions {

    private final RequestCheck check;
    private final NotificationIntake intake;
    private final Tracking tracking;
    private final Traces traces;
    private final Clock clock;

    Submissions(RequestCheck check, NotificationIntake intake, Tracking tracking, Traces traces, Clock clock) {
        this.check = check;
        this.intake = intake;
        this.tracking = tracking;
        this.traces = traces;
        this.clock = clock;
    }

    /** Answers after the commit; fails with a problem that names the field. */
    Uni<Accepted> submit(String tenant, NotificationRequest request, FieldNames names, IdempotentWork work, int index) {
        var checked = check.check(tenant, request, names);
        var trackingId = work.ulid(index);
        var command = new NotificationCommand(
                tenant,
                trackingId,
                request.type(),
                request.customerId(),
                request.context(),
                request.businessKey(),
                checked.channels(),
                checked.priority(),
                request.correlationId(),
                new CallOrigin(traces.current()),
                clock.instant(),
                null,
                checked.schedule(),
                false,
                checked.locale());
        return work.mayBeAgain()
                ? tracking.find(tenant, trackingId)
                        .chain(before -> before.isPresent()
                                ? Uni.createFrom().item(Accepted.of(before.get()))
                                : submit(command, names))
                : submit(command, names);
    }

    private Uni<Accepted> submit(NotificationCommand command, FieldNames names) {
        return intake.submit(command).map(receipt -> {
            if (receipt instanceof Receipt.UnknownRecipient) {
                throw UnknownCustomer.refusal(command.customerId(), names.customerId());
            }
            if (receipt instanceof Receipt.TooLarge oversized) {
                throw new ProblemException(Problem.invalid("/context", oversized.detail()));
            }
            return Accepted.of(receipt);
        });
    }
}
