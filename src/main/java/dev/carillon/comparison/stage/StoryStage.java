package dev.carillon.comparison.stage;

import dev.carillon.comparison.stage.StoryFault.Remedy;
import dev.carillon.comparison.story.Story;
import dev.carillon.comparison.story.Story.PreferenceChange;
import dev.carillon.comparison.story.Story.StoryFact;
import dev.carillon.comparison.story.TeamStep;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.notification.decision.Door;
import dev.carillon.platform.steps.Step.StepKind;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One story through one door in one throwaway tenant, with what breaks in it. */
public final class StoryStage {

    private static final Duration DYING = Duration.ofSeconds(5);

    private final StageSetting setting;
    private final StageParts parts;
    private final Map<String, TeamProcess> processes = new ConcurrentHashMap<>();
    private final Map<String, List<Map<String, @Nullable Object>>> records;
    private final List<String> happenings = Collections.synchronizedList(new ArrayList<>());
    private final List<TeamClient> clients = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean changed = new AtomicBoolean();
    private final Instant begun;
    private volatile Story story;
    private volatile boolean keyed;
    private volatile @Nullable Instant recovered;

    /**
     * What is told, and how.
     *
     * @param wrong  the same story with its teams' copy of the rule as it is wrong; null where that is not the fault
     * @param before the rules as they are wrong; null where that is not the fault
     * @param after  the rules as they are right; null for those in force
     */
    public record StageSetting(
            Story story,
            Door door,
            @Nullable StoryFault fault,
            Remedy remedy,
            @Nullable Story wrong,
            @Nullable RuleBook before,
            @Nullable RuleBook after) {}

    StoryStage(StageSetting setting, StageParts parts, Map<String, List<Map<String, @Nullable Object>>> records) {
        this.setting = setting;
        this.parts = parts;
        this.records = new ConcurrentHashMap<>(records);
        this.begun = parts.clock().instant();
        this.story = setting.wrong() == null ? setting.story() : setting.wrong();
        this.keyed = setting.fault() == null || setting.remedy().names();
    }

    /** What happened on the way, in words. */
    public List<String> happenings() {
        return List.copyOf(happenings.stream().distinct().toList());
    }

    /** When what had broken was whole again; null if nothing had, or nothing came after it. */
    public @Nullable Instant recovered() {
        return recovered;
    }

    public Traffic traffic() {
        return parts.traffic();
    }

    /** Which team publishes this type, as its process is called. */
    public Map<String, String> publishers() {
        return setting.story().facts().stream()
                .filter(fact -> fact.event() != null)
                .collect(Collectors.toMap(
                        fact -> fact.event().type(), fact -> processName(fact.team()), (one, other) -> one));
    }

    /**
     * Tells the story.
     *
     * @param rest completes when nothing is left to be answered or sent
     */
    public Uni<Void> tell(Supplier<Uni<Void>> rest) {
        var all = IntStream.range(0, setting.story().facts().size()).boxed().toList();
        return TeamProcess.inOrder(all, this::happens)
                .chain(() -> afterwards(all, rest))
                .chain(() -> relayAll());
    }

    private Uni<Void> happens(int n) {
        var fault = setting.fault();
        var hit = n == setting.story().facts().size() - 1;
        if (fault == StoryFault.OUT_OF_ORDER || fault == StoryFault.LATE && n == 0) {
            return commit(n);
        }
        if (fault == StoryFault.CALLER_DIES && hit) {
            var process = process(n);
            return process.commitAndDie(n).chain(() -> restarted(n));
        }
        if (!hit || fault == null) {
            return commit(n).chain(() -> handled(n));
        }
        return switch (fault) {
            case TWICE -> commit(n).chain(() -> handled(n)).chain(() -> again(n));
            case CALL_TIMES_OUT ->
                commit(n).invoke(parts.weather()::loseNextAnswer).chain(() -> handled(n));
            case UNREACHABLE -> commit(n).invoke(() -> down(2)).chain(() -> handled(n));
            case RESTARTS -> commit(n).chain(() -> restarts(n));
            case PREFERENCE_CHANGES -> commit(n).chain(() -> changesInBetween(n));
            default -> commit(n).chain(() -> handled(n));
        };
    }

    private Uni<Void> again(int n) {
        happened("the fact reached " + processName(n) + " a second time");
        return handled(n);
    }

    private void down(int requests) {
        parts.weather().refuse(requests, () -> {
            happened("the service was back");
            recovered = parts.clock().instant();
        });
    }

    private Uni<Void> restarts(int n) {
        var apart = parts.reaction();
        if (setting.door() == Door.API_DRIVEN) {
            down(2);
            return handled(n);
        }
        return apart.dieInTheMiddle()
                .chain(died -> handled(n)
                        .chain(() -> died.ifNoItem()
                                .after(DYING)
                                .recoverWithItem((Void) null)
                                .invoke(() -> {
                                    happened("the reaction died before its commit; the event was still pending");
                                    recovered = parts.clock().instant();
                                    apart.start();
                                })));
    }

    private Uni<Void> changesInBetween(int n) {
        return setting.door() == Door.API_DRIVEN
                ? handled(n).chain(this::changePreference)
                : parts.reaction()
                        .stop()
                        .chain(() -> handled(n))
                        .chain(this::changePreference)
                        .invoke(parts.reaction()::start);
    }

    /** What a team does before it calls for the first time; empty but where a preference changes then. */
    Uni<Void> beforeCall() {
        return setting.fault() == StoryFault.PREFERENCE_CHANGES
                ? changePreference()
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> changePreference() {
        var change = setting.story().faults().preferenceChange();
        return change == null || changed.getAndSet(true)
                ? Uni.createFrom().voidItem()
                : parts.setup().changePreference(change).invoke(() -> happened(inWords(change)));
    }

    private static String inWords(PreferenceChange change) {
        return change.customer() + " chose "
                + change.choices().entrySet().stream()
                        .map(choice -> choice.getKey() + (choice.getValue() ? " on" : " off"))
                        .sorted()
                        .collect(Collectors.joining(", "))
                + " for " + change.category();
    }

    private Uni<Void> restarted(int n) {
        var team = setting.story().facts().get(n).team();
        processes.remove(team);
        recovered = parts.clock().instant();
        return relay(team)
                .invoke(found -> happened(
                        found == 0
                                ? "the new " + processName(team) + " found nothing to do"
                                : "the new " + processName(team) + " found it in its outbox"))
                .replaceWithVoid();
    }

    private Uni<Void> afterwards(List<Integer> all, Supplier<Uni<Void>> rest) {
        var fault = setting.fault();
        if (fault == StoryFault.OUT_OF_ORDER) {
            var reversed = new ArrayList<>(all);
            Collections.reverse(reversed);
            happened("the facts were handled from the last to the first");
            return TeamProcess.inOrder(reversed, this::handled);
        }
        if (fault == StoryFault.LATE) {
            return rest.get()
                    .invoke(() -> {
                        recovered = parts.clock().instant();
                        happened("the first fact reached " + processName(0) + " after everything else");
                    })
                    .chain(() -> handled(0));
        }
        if (fault == StoryFault.RULE_WRONG) {
            return rest.get().chain(() -> putRight(all));
        }
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> putRight(List<Integer> all) {
        recovered = parts.clock().instant();
        story = setting.story();
        parts.reaction().rules(setting.after());
        happened(setting.door() == Door.EVENT_SOURCED ? "the rule was put right" : "the teams' code was put right");
        if (setting.remedy() != Remedy.AGAIN) {
            return Uni.createFrom().voidItem();
        }
        if (setting.door() == Door.EVENT_SOURCED) {
            return parts.setup()
                    .publishAgain(all.size())
                    .invoke(number -> happened("what the journal has was read and published again"))
                    .replaceWithVoid();
        }
        return parts.facts()
                .all(parts.tenant())
                .invoke(kept -> happened("the teams went through the facts that they had kept"))
                .chain(kept -> TeamProcess.inOrder(kept, this::handled));
    }

    private Uni<Void> relayAll() {
        return setting.remedy() == Remedy.OUTBOX && setting.fault() != null
                ? TeamProcess.inOrder(
                        setting.story().facts().stream()
                                .map(StoryFact::team)
                                .distinct()
                                .toList(),
                        team -> relay(team).replaceWithVoid())
                : Uni.createFrom().voidItem();
    }

    /** A team's process goes through its outbox. */
    private Uni<Integer> relay(String team) {
        return parts.facts()
                .waiting(parts.tenant(), team)
                .chain(waiting -> TeamProcess.inOrder(waiting, this::handled).replaceWith(waiting.size()));
    }

    private Uni<Void> handled(int n) {
        return process(n)
                .handle(n)
                .chain(done -> done && setting.remedy() == Remedy.OUTBOX
                        ? parts.facts().handled(parts.tenant(), n)
                        : Uni.createFrom().voidItem());
    }

    Uni<Void> commit(int n) {
        var fact = setting.story().facts().get(n);
        return parts.facts()
                .put(parts.tenant(), n, fact.team(), fact.says(), setting.remedy() == Remedy.OUTBOX)
                .invoke(() -> fact.changes()
                        .forEach(change -> records.computeIfPresent(
                                change.records(), (name, rows) -> change.in(rows, fact.data()))));
    }

    private TeamProcess process(int n) {
        return processes.computeIfAbsent(setting.story().facts().get(n).team(), team -> {
            var client = parts.newClient();
            clients.add(client);
            return new TeamProcess(this, processName(team), client);
        });
    }

    private String processName(int n) {
        return processName(setting.story().facts().get(n).team());
    }

    private String processName(String team) {
        var words = new StringBuilder();
        for (var word : team.split("-")) {
            words.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return words + (setting.door() == Door.EVENT_SOURCED ? "Service" : "Caller");
    }

    /** Nothing of it runs any more. */
    public Uni<Void> close() {
        clients.forEach(TeamClient::die);
        return parts.close();
    }

    StageParts parts() {
        return parts;
    }

    /** Looks for pending events, as a sweep does. */
    public void look() {
        parts.reaction().look();
    }

    Door door() {
        return setting.door();
    }

    Remedy remedy() {
        return setting.remedy();
    }

    boolean keyed() {
        return keyed;
    }

    StoryFact fact(int n) {
        return story.facts().get(n);
    }

    Instant happenedAt(int n) {
        return begun.plusMillis(n);
    }

    String eventId(int n) {
        return setting.story().name() + "-" + (n + 1);
    }

    int servicePort() {
        return parts.toService().port();
    }

    int systemsPort() {
        return parts.toSystems().port();
    }

    Map<String, Object> map(String json) {
        return parts.json().map(json);
    }

    /** Where rows can be asked for, as they are when the question arrives. */
    String pathOf(TeamStep.LookUp lookUp, String query, Map<String, Object> values) {
        return parts.systems()
                .path(
                        lookUp.records(),
                        query,
                        () -> records.getOrDefault(lookUp.records(), List.of()).stream()
                                .filter(row -> {
                                    var all = new LinkedHashMap<String, @Nullable Object>(values);
                                    all.put("row", row);
                                    return lookUp.where() == null
                                            || lookUp.where().holds(all);
                                })
                                .toList());
    }

    void step(StepKind kind, String component, String target, String action, String detail) {
        parts.journeys().step(parts.tenant(), kind, component, target, action, () -> detail);
    }

    void failed(String process, String what) {
        step(StepKind.FAULT, process, "Wire", "could not " + what, "the connection ended");
    }

    void happened(String what) {
        happenings.add(what);
        step(StepKind.FAULT, "Fault", "Fault", what, "");
    }
}
