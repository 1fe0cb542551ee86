package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force at one moment: the files' rules in their order, each replaced by the API's rule of the same id,
 * then the API's own rules by id, all switched on or off as set. Immutable and pure.
 *
 * @param files    what the files say
 * @param put      the API's rules, compiled
 * @param stored   what the database says, by id
 * @param revision the state of the database it was read at
 * @param rules    by id, in the order in which they answer
 * @param book     the same, for events
 */
record RuleSetSnapshot(
        RuleBook files,
        Map<String, PutRule> put,
        Map<String, StoredRule> stored,
        long revision,
        Map<String, ActiveRule> rules,
        RuleBook book) {

    /** A rule put by the API. */
    record PutRule(Rule rule, String yaml) {}

    static RuleSetSnapshot of(RuleBook files) {
        return arranged(files, Map.of(), Map.of(), -1);
    }

    RuleSetSnapshot withFiles(RuleBook files) {
        return arranged(files, put, stored, revision);
    }

    RuleSetSnapshot withStored(Map<String, PutRule> put, List<StoredRule> states, long revision) {
        var byId = new LinkedHashMap<String, StoredRule>();
        states.forEach(state -> byId.put(state.id(), state));
        return arranged(files, put, byId, revision);
    }

    private static RuleSetSnapshot arranged(
            RuleBook files, Map<String, PutRule> put, Map<String, StoredRule> stored, long revision) {
        var rules = new LinkedHashMap<String, ActiveRule>();
        files.rules()
                .forEach(rule -> rules.put(
                        rule.id(),
                        shelved(rule, files.text(rule.id()).orElseThrow(), put.get(rule.id()), stored.get(rule.id()))));
        put.keySet().stream()
                .sorted()
                .filter(id -> !rules.containsKey(id))
                .forEach(id -> rules.put(
                        id, shelved(put.get(id).rule(), put.get(id).yaml(), RuleOrigin.API, null, stored.get(id))));
        var all = new ArrayList<Rule>();
        rules.values().forEach(one -> all.add(one.rule()));
        return new RuleSetSnapshot(files, Map.copyOf(put), Map.copyOf(stored), revision, rules, RuleBook.of(all));
    }

    private static ActiveRule shelved(Rule rule, RuleText text, @Nullable PutRule put, @Nullable StoredRule stored) {
        return put == null
                ? shelved(rule, text.yaml(), RuleOrigin.FILE, text.file(), stored)
                : shelved(put.rule(), put.yaml(), RuleOrigin.API, text.file(), stored);
    }

    private static ActiveRule shelved(
            Rule rule, String yaml, RuleOrigin origin, @Nullable String file, @Nullable StoredRule stored) {
        var switched = stored == null || stored.switched() == null ? rule : rule.switched(stored.switched());
        var since = stored != null && rule.version().equals(stored.inForce()) ? stored.since() : null;
        return new ActiveRule(switched, yaml, origin, file, since);
    }
}
