package dev.carillon.comparison;

import dev.carillon.comparison.sample.SampleData;
import dev.carillon.comparison.stage.StoryFault;
import dev.carillon.comparison.stage.StoryFault.Remedy;
import dev.carillon.comparison.stage.StoryStage.StageSetting;
import dev.carillon.comparison.story.InvalidStoryException;
import dev.carillon.comparison.story.Story;
import dev.carillon.comparison.story.Story.StoryFact;
import dev.carillon.comparison.story.Story.WrongRule;
import dev.carillon.comparison.story.StoryReader;
import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.eventsourced.ruleset.ActiveRules;
import dev.carillon.eventsourced.ruleset.RuleCompiler;
import dev.carillon.notification.decision.Door;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a story is told with when its rule, and the teams' copy of it, are wrong at first. */
@ApplicationScoped
class WrongRules {

    private final ActiveRules rules;
    private final RuleCompiler compiler;
    private final StoryReader reader;
    private final SampleData sample;

    WrongRules(ActiveRules rules, RuleCompiler compiler, StoryReader reader, SampleData sample) {
        this.rules = rules;
        this.compiler = compiler;
        this.reader = reader;
        this.sample = sample;
    }

    Uni<StageSetting> setting(Story story, Door door, @Nullable StoryFault fault, Remedy remedy) {
        var wrong = fault == StoryFault.RULE_WRONG ? story.faults().wrongRule() : null;
        return wrong == null
                ? Uni.createFrom().item(new StageSetting(story, door, fault, remedy, null, null, story.book()))
                : Uni.createFrom()
                        .item(() -> wrong(story, door, remedy, wrong))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private StageSetting wrong(Story story, Door door, Remedy remedy, WrongRule wrong) {
        var miswritten = miswritten(story, wrong);
        return new StageSetting(
                story,
                door,
                StoryFault.RULE_WRONG,
                remedy,
                miswritten == null ? null : withCallsOf(story, miswritten),
                story.book() == null || miswritten == null ? inForce(wrong) : miswritten.book(),
                story.book());
    }

    /** Null where the file cannot be read with the wrong text: then the teams have no copy that could be wrong. */
    private @Nullable Story miswritten(Story story, WrongRule wrong) {
        try {
            return reader.read(
                    story.name(),
                    story.text().replace(wrong.find(), wrong.put()),
                    sample.records().keySet());
        } catch (InvalidStoryException elsewhere) {
            return null;
        }
    }

    /** Only the teams' code is wrong, not what happens. */
    private static Story withCallsOf(Story story, Story miswritten) {
        var facts = IntStream.range(0, story.facts().size())
                .mapToObj(n -> {
                    var fact = story.facts().get(n);
                    return new StoryFact(
                            fact.says(),
                            fact.team(),
                            fact.data(),
                            fact.changes(),
                            fact.event(),
                            miswritten.facts().get(n).calls());
                })
                .toList();
        return new Story(
                story.name(),
                story.summary(),
                story.given(),
                story.book(),
                story.types(),
                facts,
                story.expect(),
                story.faults(),
                story.text(),
                story.size());
    }

    private RuleBook inForce(WrongRule wrong) {
        var id = wrong.rule();
        var text = id == null ? null : rules.text(id).orElse(null);
        if (text == null || !text.contains(wrong.find())) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "faults/rule-wrong: "
                            + (text == null
                                    ? "there is no rule " + id
                                    : "'" + wrong.find() + "' is not in the rule " + id));
        }
        try {
            var changed = compiler.compile(
                    List.of(new RuleSource(id + ".yaml", listed(text.replace(wrong.find(), wrong.put())))));
            return RuleBook.of(rules.book().rules().stream()
                    .map(rule -> changed.rule(rule.id()).orElse(rule))
                    .toList());
        } catch (InvalidRuleException unusable) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "faults/rule-wrong: the rule cannot be read with '" + wrong.put() + "' in it");
        }
    }

    private static String listed(String rule) {
        return rule.stripLeading().startsWith("-") ? rule : "- " + rule.strip().replace("\n", "\n  ") + "\n";
    }
}
