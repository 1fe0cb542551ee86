package dev.carillon.eventsourced.shelf;

import dev.carillon.eventsourced.rule.EventShapes;
import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.InvalidRuleException.Problem;
import dev.carillon.eventsourced.rule.Outlet;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.eventsourced.rule.RuleText;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.Templates;
import dev.carillon.platform.problem.ProblemException;
import dev.carillon.platform.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Compiles rules and checks them against the notification types and event schemas of this deployment; not for an event loop. */
@ApplicationScoped
public class RuleCompiler {

    /** A rule of the largest kind takes a second; the other worker threads are for everybody else. */
    private static final int ASIDE_AT_ONCE = 4;

    private final AtomicInteger aside = new AtomicInteger();
    private final Templates templates;
    private final EventShapes shapes;

    RuleCompiler(Templates templates, EventShapes shapes) {
        this.templates = templates;
        this.shapes = shapes;
    }

    /**
     * Every rule of every source.
     *
     * @throws InvalidRuleException naming each rule that cannot be used
     */
    public RuleBook compile(List<RuleSource> sources) {
        return checked(RuleBook.parse(sources, shapes));
    }

    /**
     * One rule that stands alone.
     *
     * @throws InvalidRuleException if it cannot be used
     */
    RuleBook single(RuleSource source) {
        return checked(RuleBook.single(source, shapes));
    }

    /** A rule that was in force before: types and schemas may have changed since, and that is no reason to forget it. */
    Rule old(RuleSource source) {
        return RuleBook.single(source, EventShapes.NONE).rules().get(0);
    }

    /**
     * Does such work for a caller, away from the event loop and few at a time.
     *
     * @param pointer where in the request the rules stand, for when it takes too long
     */
    <T> Uni<T> aside(Supplier<T> compiling, Duration within, String pointer) {
        return Uni.createFrom().<T>deferred(() -> {
            if (aside.incrementAndGet() > ASIDE_AT_ONCE) {
                aside.decrementAndGet();
                return Uni.createFrom().failure(new ProblemException(ProblemType.OVERLOADED, "Other rules are being checked; try again in a second"));
            }
            return Uni.createFrom().item(() -> counted(compiling)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                    .ifNoItem().after(within).failWith(() -> RuleProblems.notCheckedWithin(within, pointer));
        });
    }

    /** Whoever waits may be gone before the work has ended. */
    private <T> T counted(Supplier<T> compiling) {
        try {
            return compiling.get();
        } finally {
            aside.decrementAndGet();
        }
    }

    /** The channels a rule may use: those it names, or those of its type. */
    List<String> channelsOf(Rule rule) {
        return rule.channels().isEmpty() ? templates.type(rule.type()).map(NotificationType::channels).orElse(List.of()) : rule.channels();
    }

    private RuleBook checked(RuleBook book) {
        var problems = book.rules().stream().flatMap(rule -> problems(rule, book.text(rule.id()).orElseThrow())).toList();
        if (!problems.isEmpty()) {
            throw new InvalidRuleException(problems);
        }
        return book;
    }

    /** What a rule says of its notifications must be so; what it leaves out is as the type has it. */
    private Stream<Problem> problems(Rule rule, RuleText text) {
        var outlets = rule.outlets();
        return IntStream.range(0, outlets.size()).boxed()
                .flatMap(index -> problems(outlets.get(index), index == 0 ? "notify" : "collect.timeout.notify", text));
    }

    private Stream<Problem> problems(Outlet outlet, String field, RuleText text) {
        return templates.type(outlet.type()).map(type -> contradictions(outlet, type, field, text)).orElseGet(() -> Stream.of(
                text.problem(field + ".type", outlet.type() + " is no notification type; known are " + String.join(", ", known()))));
    }

    private static Stream<Problem> contradictions(Outlet outlet, NotificationType type, String field, RuleText text) {
        var category = outlet.category() == null || outlet.category().equals(type.category()) ? Stream.<Problem>of()
                : Stream.of(text.problem(field + ".category", "is " + outlet.category() + ", but " + type.name() + " is of category " + type.category()));
        var channels = type.channels().containsAll(outlet.channels()) ? Stream.<Problem>of()
                : Stream.of(text.problem(field + ".channels", "are " + outlet.channels() + ", but " + type.name() + " has templates for " + type.channels()));
        return Stream.concat(category, channels);
    }

    private List<String> known() {
        return templates.types().stream().map(NotificationType::name).sorted().toList();
    }
}
