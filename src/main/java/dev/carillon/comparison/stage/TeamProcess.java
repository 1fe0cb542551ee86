package dev.carillon.comparison.stage;

import dev.carillon.comparison.stage.TeamClient.TeamAnswer;
import dev.carillon.comparison.story.Story.StoryFact;
import dev.carillon.comparison.story.TeamStep;
import dev.carillon.eventsourced.rule.Calculation.NoValueException;
import dev.carillon.notification.decision.Door;
import dev.carillon.platform.steps.Step.StepKind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process of a team: it commits what happens and does what its door asks of it, over the wire. It knows nothing but
 * what it was told and what is in the database, and can die at any moment.
 */
final class TeamProcess {

    private static final int ATTEMPTS = 6;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final String SERVICE = "NotificationService";

    private final StoryStage stage;
    private final String name;
    private final TeamClient client;
    private volatile boolean dead;

    /** Its work on a fact could not be done; the reason is told already. */
    private static final class GaveUpException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        GaveUpException(String message) {
            super(message, null, false, false);
        }
    }

    TeamProcess(StoryStage stage, String name, TeamClient client) {
        this.stage = stage;
        this.name = name;
        this.client = client;
    }

    String name() {
        return name;
    }

    /** Does what a fact asks for; when that fails it gives up, and lives on. */
    Uni<Boolean> handle(int n) {
        var fact = stage.fact(n);
        var work = stage.door() == Door.EVENT_SOURCED
                ? publish(n, fact)
                : steps(fact.calls(), Map.of("fact", fact.data()), n);
        return dead
                ? Uni.createFrom().nothing()
                : work.replaceWith(true)
                        .onFailure(GaveUpException.class)
                        .invoke(gaveUp -> stage.happened(name + " gave up: " + gaveUp.getMessage()))
                        .onFailure(GaveUpException.class)
                        .recoverWithItem(false);
    }

    /** Commits a fact and dies that very moment: what it was about to do is cancelled, its connections end. */
    Uni<Void> commitAndDie(int n) {
        var died = new CompletableFuture<Void>();
        var work = new AtomicReference<@Nullable Cancellable>();
        work.set(stage.commit(n)
                .invoke(() -> {
                    die();
                    stage.happened(name + " died after its commit");
                    var running = work.get();
                    if (running != null) {
                        running.cancel();
                    }
                    died.complete(null);
                })
                .chain(() -> handle(n))
                .subscribe()
                .with(done -> died.complete(null), died::completeExceptionally));
        return Uni.createFrom().completionStage(died);
    }

    void die() {
        dead = true;
        client.die();
    }

    private Uni<Void> publish(int n, StoryFact fact) {
        var event = fact.event();
        if (event == null) {
            return Uni.createFrom().voidItem();
        }
        var data = event.data() == null ? fact.data() : event.data();
        var body = new LinkedHashMap<String, Object>();
        body.put("event_type", event.type());
        body.put("user_id", subject(fact));
        body.put("event_timestamp", stage.happenedAt(n).toString());
        body.put("properties", data);
        if (stage.keyed()) {
            body.put("event_id", stage.eventId(n));
        }
        return attempts(
                        "publish " + event.type(),
                        () -> client.call(HttpMethod.POST, stage.servicePort(), "/api/v1/events", body))
                .invoke(answer -> published(answer, event.type()))
                .replaceWithVoid();
    }

    private void published(TeamAnswer answer, String type) {
        var result = stage.map(answer.body());
        if (result.get("rejected") instanceof List<?> rejected && !rejected.isEmpty()) {
            throw new GaveUpException(type + " was rejected: " + rejected.get(0));
        }
        if (!(result.get("accepted") instanceof Number accepted) || accepted.intValue() == 0) {
            stage.happened("the service knew " + type + " by its id and ignored it");
        }
    }

    private String subject(StoryFact fact) {
        var event = fact.event();
        if (event != null && event.subject() != null) {
            return event.subject().text(Map.of("fact", fact.data()));
        }
        return fact.data().get("customerId") instanceof String customer ? customer : fact.team();
    }

    private Uni<Void> steps(List<TeamStep> steps, Map<String, @Nullable Object> known, int n) {
        var values = new HashMap<>(known);
        return inOrder(steps, step -> step(step, values, n));
    }

    private Uni<Void> step(TeamStep step, Map<String, @Nullable Object> values, int n) {
        try {
            if (step instanceof TeamStep.LookUp lookUp) {
                return lookUp(lookUp, values);
            }
            if (step instanceof TeamStep.AskPreferences ask) {
                return preferences(ask, values);
            }
            if (step instanceof TeamStep.ForEach each) {
                return each(each, values, n);
            }
            return call((TeamStep.Call) step, values);
        } catch (NoValueException unanswerable) {
            return Uni.createFrom().failure(new GaveUpException(unanswerable.getMessage()));
        }
    }

    private Uni<Void> lookUp(TeamStep.LookUp lookUp, Map<String, @Nullable Object> values) {
        var query = lookUp.where() == null ? "" : lookUp.where().code();
        var asked = Map.copyOf(withoutNulls(values));
        var path = stage.pathOf(lookUp, query, asked);
        return attempts(
                        "look up " + lookUp.records(),
                        () -> client.call(HttpMethod.GET, stage.systemsPort(), path, null))
                .invoke(answer -> {
                    values.put(lookUp.as(), stage.map(answer.body()).get("rows"));
                    stage.step(
                            StepKind.LOOKUP_BY_DOMAIN_TEAM,
                            name,
                            lookUp.of(),
                            "looked up " + lookUp.records(),
                            query.isEmpty() ? "all of them" : query);
                })
                .replaceWithVoid();
    }

    private Uni<Void> preferences(TeamStep.AskPreferences ask, Map<String, @Nullable Object> values) {
        var customer = ask.customer().text(values);
        return attempts(
                        "look up preferences",
                        () -> client.call(
                                HttpMethod.GET,
                                stage.servicePort(),
                                "/api/v1/preferences/" + TeamClient.step(customer),
                                null))
                .invoke(answer -> {
                    var choices = stage.map(answer.body()).get("preferences") instanceof Map<?, ?> all
                                    && all.get(ask.category()) instanceof Map<?, ?> chosen
                            ? chosen
                            : Map.of();
                    values.put(ask.as(), choices);
                    stage.step(
                            StepKind.LOOKUP_BY_DOMAIN_TEAM,
                            name,
                            SERVICE,
                            "looked up preferences",
                            customer + ", " + ask.category());
                })
                .replaceWithVoid();
    }

    private Uni<Void> each(TeamStep.ForEach each, Map<String, @Nullable Object> values, int n) {
        var items = each.list().value(values) instanceof List<?> list ? list : List.of();
        return inOrder(items, item -> {
            var inner = new HashMap<>(values);
            inner.put(each.as(), item);
            return steps(each.steps(), inner, n);
        });
    }

    private Uni<Void> call(TeamStep.Call call, Map<String, @Nullable Object> values) {
        if (call.when() != null && !call.when().holds(values)) {
            return Uni.createFrom().voidItem();
        }
        var customer = call.customer().text(values);
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("type", call.type());
        body.put("customerId", customer);
        var context = new LinkedHashMap<String, @Nullable Object>();
        call.context().forEach((variable, value) -> context.put(variable, value.value(values)));
        body.put("context", context);
        if (!call.channels().isEmpty()) {
            body.put("channels", call.channels());
        }
        if (call.key() != null && stage.keyed()) {
            body.put("businessKey", call.key().text(values));
        }
        return stage.beforeCall()
                .chain(() -> attempts(
                        "call for " + customer,
                        () -> client.call(HttpMethod.POST, stage.servicePort(), "/api/v1/notifications", body)))
                .invoke(answer -> called(call.type(), customer, answer))
                .replaceWithVoid();
    }

    private void called(String type, String customer, TeamAnswer answer) {
        var told = stage.map(answer.body());
        stage.step(
                StepKind.CALL,
                name,
                SERVICE,
                "called POST /api/v1/notifications",
                type + " for " + customer + ": " + told.getOrDefault("status", told.get("title")));
        if ("DUPLICATE_BUSINESS_KEY".equals(told.get("reason"))) {
            stage.happened("the service knew the business key of " + type + " for " + customer + " and sent nothing");
        }
        if (!answer.isSuccess()) {
            stage.happened("the service refused " + type + " for " + customer + ": " + told.get("title"));
        }
    }

    /** A call that fails is made again where the remedy is to. A refusal is an answer: asking again would not help. */
    private Uni<TeamAnswer> attempts(String what, Supplier<Uni<TeamAnswer>> call) {
        return attempt(what, call, 1);
    }

    private Uni<TeamAnswer> attempt(String what, Supplier<Uni<TeamAnswer>> call, int number) {
        return call.get()
                .invoke(answer -> {
                    if (answer.status() >= 500) {
                        throw new IllegalStateException("answered with " + answer.status());
                    }
                })
                .onFailure(failure -> !dead)
                .recoverWithUni(failure -> {
                    stage.failed(name, what);
                    if (!stage.remedy().retries() || number == ATTEMPTS) {
                        return Uni.createFrom()
                                .failure(new GaveUpException(
                                        "it could not " + what + (number == 1 ? "" : " in " + number + " attempts")));
                    }
                    return Uni.createFrom()
                            .voidItem()
                            .onItem()
                            .delayIt()
                            .by(PAUSE)
                            .chain(() -> attempt(what, call, number + 1));
                });
    }

    private static Map<String, Object> withoutNulls(Map<String, @Nullable Object> values) {
        var plain = new HashMap<String, Object>();
        values.forEach((name, value) -> {
            if (value != null) {
                plain.put(name, value);
            }
        });
        return plain;
    }

    /** One thing to do with an item. */
    interface Work<T> {
        Uni<Void> on(T item);
    }

    static <T> Uni<Void> inOrder(List<? extends T> items, Work<T> work) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(item -> work.on(item).replaceWith(true))
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
