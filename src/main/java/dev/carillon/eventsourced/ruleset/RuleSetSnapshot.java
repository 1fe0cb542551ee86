package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleText;
import dev.carillon.platform.versions.DocumentState;
import dev.carillon.platform.versions.PublishedDocuments.CompiledDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force at one moment: the files' rules in their order, each replaced by the API's rule of the same id,
 * then the API's own rules by id, all switched on or off as set. Immutable and pure.
 *
 * @param files     what the files say
 * @param published the API's rules
 * @param states    what the database says, by id
 * @param rules     by id, in the order in which they answer
 * @param book      the same, for events
 */
record RuleSetSnapshot(
        RuleBook files,
        Map<String, CompiledDocument<Rule>> published,
        Map<String, DocumentState> states,
        Map<String, ActiveRule> rules,
        RuleBook book) {

    static RuleSetSnapshot of(RuleBook files) {
        return arranged(files, Map.of(), Map.of());
    }

    RuleSetSnapshot withFiles(RuleBook files) {
        return arranged(files, published, states);
    }

    RuleSetSnapshot withStored(Map<String, CompiledDocument<Rule>> published, List<DocumentState> states) {
        return arranged(
                files, published, states.stream().collect(Collectors.toMap(DocumentState::id, Function.identity())));
    }

    private static RuleSetSnapshot arranged(
            RuleBook files, Map<String, CompiledDocument<Rule>> published, Map<String, DocumentState> states) {
        var rules = new LinkedHashMap<String, ActiveRule>();
        files.rules().forEach(rule -> {
            var id = rule.id();
            rules.put(id, active(rule, files.text(id).orElseThrow(), published.get(id), states.get(id)));
        });
        published.keySet().stream()
                .sorted()
                .filter(id -> !rules.containsKey(id))
                .forEach(id -> rules.put(id, active(published.get(id), null, states.get(id))));
        var book = RuleBook.of(rules.values().stream().map(ActiveRule::rule).toList());
        return new RuleSetSnapshot(files, Map.copyOf(published), Map.copyOf(states), rules, book);
    }

    private static ActiveRule active(
            Rule rule, RuleText text, @Nullable CompiledDocument<Rule> published, @Nullable DocumentState state) {
        return published == null
                ? active(rule, text.yaml(), RuleOrigin.FILE, text.file(), state)
                : active(published, text.file(), state);
    }

    private static ActiveRule active(
            CompiledDocument<Rule> published, @Nullable String file, @Nullable DocumentState state) {
        return active(published.compiled(), published.version().content(), RuleOrigin.API, file, state);
    }

    private static ActiveRule active(
            Rule rule, String yaml, RuleOrigin origin, @Nullable String file, @Nullable DocumentState state) {
        var switched = state == null || state.switched() == null ? rule : rule.switched(state.switched());
        var since = state != null && rule.version().equals(state.inForce()) ? state.since() : null;
        return new ActiveRule(switched, yaml, origin, file, since);
    }
}
