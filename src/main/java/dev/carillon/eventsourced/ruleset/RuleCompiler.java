package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.EventShapes;
import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.InvalidRuleException.RuleProblem;
import dev.carillon.eventsourced.rule.NotifyTarget;
import dev.carillon.eventsourced.rule.ReadingBounds;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.Templates;
import dev.carillon.platform.limit.HeavyWork;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compiles rules and checks them against this deployment's notification types and event schemas. It is slow, so never
 * call it on an event loop.
 */
@ApplicationScoped
public class RuleCompiler {

    private final HeavyWork work = new HeavyWork("Other rules are being checked; try again in a second");
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
        return checked(RuleBook.parse(sources, shapes, ReadingBounds.none()));
    }

    /**
     * Every rule of a caller.
     *
     * @throws InvalidRuleException naming each rule that cannot be used
     */
    RuleBook compile(RuleSource source, ReadingBounds bounds) {
        return checked(RuleBook.parse(List.of(source), shapes, bounds), bounds);
    }

    /**
     * Compiles a single rule.
     *
     * @throws InvalidRuleException if it cannot be used
     */
    RuleBook single(RuleSource source) {
        return checked(RuleBook.single(source, shapes, ReadingBounds.none()));
    }

    /** The same, of a caller. */
    RuleBook single(RuleSource source, ReadingBounds bounds) {
        return checked(RuleBook.single(source, shapes, bounds), bounds);
    }

    /** A rule that was in force before. Types and schemas may have changed since, which is no reason to drop it. */
    Rule old(RuleSource source) {
        return RuleBook.single(source, EventShapes.NONE, ReadingBounds.none())
                .rules()
                .get(0);
    }

    /**
     * Compiles and checks for a caller, away from the event loop and few at a time.
     *
     * @param compiling is given the bounds of what a caller may send
     * @param pointer   where in the request the rules stand, for when it takes too long
     */
    <T> Uni<T> aside(String tenant, Function<ReadingBounds, T> compiling, Duration within, String pointer) {
        return work.run(
                tenant,
                within,
                stopped -> compiling.apply(ReadingBounds.untilStopped(stopped)),
                () -> RuleProblems.notCheckedWithin(within, pointer));
    }

    /**
     * Checks a compiled rule against the notification types again: they may have changed since.
     *
     * @param source how error messages call it
     * @throws InvalidRuleException if it does not fit them any more
     */
    void requireTypes(String source, Rule rule) {
        requireNone(problems(
                        rule,
                        (field, message) -> new RuleProblem(
                                source,
                                rule.id(),
                                field,
                                rule.position().line(),
                                rule.position().column(),
                                message))
                .toList());
    }

    /**
     * Every rule of a source, for a tenant that has types of its own.
     *
     * @throws InvalidRuleException naming each rule that cannot be used
     */
    public RuleBook compile(RuleSource source, Function<String, Optional<NotificationType>> types) {
        var book = RuleBook.parse(List.of(source), shapes, ReadingBounds.none());
        requireNone(book.rules().stream()
                .flatMap(rule -> problems(rule, types, book.text(rule.id()).orElseThrow()::problem))
                .toList());
        return book;
    }

    /** The channels a rule may use: those it names, or those of its type. */
    List<String> channelsOf(Rule rule) {
        return rule.channels().isEmpty()
                ? templates.type(rule.type()).map(NotificationType::channels).orElse(List.of())
                : rule.channels();
    }

    private RuleBook checked(RuleBook book, ReadingBounds bounds) {
        bounds.goOn();
        return checked(book);
    }

    private RuleBook checked(RuleBook book) {
        requireNone(book.rules().stream()
                .flatMap(rule -> problems(rule, book.text(rule.id()).orElseThrow()::problem))
                .toList());
        return book;
    }

    private static void requireNone(List<RuleProblem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidRuleException(problems);
        }
    }

    /** What a rule says about its notifications must match the type; what it leaves out comes from the type. */
    private Stream<RuleProblem> problems(Rule rule, BiFunction<String, String, RuleProblem> problem) {
        return problems(rule, templates::type, problem);
    }

    private Stream<RuleProblem> problems(
            Rule rule,
            Function<String, Optional<NotificationType>> types,
            BiFunction<String, String, RuleProblem> problem) {
        var targets = rule.targets();
        return IntStream.range(0, targets.size())
                .boxed()
                .flatMap(index ->
                        problems(targets.get(index), types, index == 0 ? "notify" : "collect.timeout.notify", problem));
    }

    private Stream<RuleProblem> problems(
            NotifyTarget target,
            Function<String, Optional<NotificationType>> types,
            String field,
            BiFunction<String, String, RuleProblem> problem) {
        return types.apply(target.type())
                .map(type -> contradictions(target, type, field, problem))
                .orElseGet(() -> Stream.of(problem.apply(
                        field + ".type",
                        target.type() + " is no notification type; known are " + String.join(", ", known()))));
    }

    private static Stream<RuleProblem> contradictions(
            NotifyTarget target, NotificationType type, String field, BiFunction<String, String, RuleProblem> problem) {
        var category = target.category() == null || target.category().equals(type.category())
                ? Stream.<RuleProblem>of()
                : Stream.of(problem.apply(
                        field + ".category",
                        "is " + target.category() + ", but " + type.name() + " is of category " + type.category()));
        var channels = type.channels().containsAll(target.channels())
                ? Stream.<RuleProblem>of()
                : Stream.of(problem.apply(
                        field + ".channels",
                        "are " + target.channels() + ", but " + type.name() + " has templates for " + type.channels()));
        return Stream.concat(category, channels);
    }

    private List<String> known() {
        return templates.types().stream().map(NotificationType::name).sorted().toList();
    }
}
