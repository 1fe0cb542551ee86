package dev.carillon.eventsourced.ruleset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.ReadingBounds;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Rules that are tested and not stored. */
@ApplicationScoped
public class CandidateRules {

    private static final int LIMIT = 1_000_000;

    /** For all of them. */
    private static final Duration CHECKED_WITHIN = Duration.ofSeconds(30);

    private final ActiveRules active;
    private final RuleCompiler compiler;

    CandidateRules(ActiveRules active, RuleCompiler compiler) {
        this.active = active;
        this.compiler = compiler;
    }

    /**
     * @param tenant        whose they are
     * @param rules         YAML as in a rule file, or a list of rules as JSON; null for the rules in force
     * @param onTopOfCurrent whether the rules in force hold besides, where no candidate has their id
     * @throws ProblemException naming every rule, field and position that cannot be used
     */
    public Uni<RuleBook> book(String tenant, @Nullable JsonNode rules, boolean onTopOfCurrent) {
        return rules == null || rules.isNull()
                ? Uni.createFrom().item(active.book())
                : compiler.aside(tenant, bounds -> compiled(yaml(rules), bounds), CHECKED_WITHIN, "/rules")
                        .map(candidates -> onTopOfCurrent ? onTop(candidates) : candidates);
    }

    private static String yaml(JsonNode rules) {
        if (!rules.isTextual() && !rules.isArray()) {
            throw new ProblemException(Problem.invalid("/rules", "must be YAML as a text, or a list of rules"));
        }
        var yaml = rules.isTextual() ? rules.asText() : RuleBody.asYaml(rules.toString());
        if (yaml.length() > LIMIT) {
            throw new ProblemException(Problem.invalid("/rules", "may have at most " + LIMIT + " characters"));
        }
        return yaml;
    }

    private RuleBook compiled(String yaml, ReadingBounds bounds) {
        try {
            return compiler.compile(new RuleSource("rules", yaml), bounds);
        } catch (InvalidRuleException broken) {
            throw new ProblemException(RuleProblems.of(broken));
        }
    }

    private RuleBook onTop(RuleBook candidates) {
        var all = new ArrayList<Rule>();
        active.book().rules().forEach(rule -> all.add(candidates.rule(rule.id()).orElse(rule)));
        candidates.rules().stream()
                .filter(rule -> active.book().rule(rule.id()).isEmpty())
                .forEach(all::add);
        return RuleBook.of(all);
    }
}
