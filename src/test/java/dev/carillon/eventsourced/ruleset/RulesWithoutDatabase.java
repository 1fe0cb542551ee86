package dev.carillon.eventsourced.ruleset;

/** For tests of other packages that compile rules. */
public final class RulesWithoutDatabase {

    private RulesWithoutDatabase() {}

    public static RuleCompiler compiler() {
        return TestRules.compiler();
    }
}
