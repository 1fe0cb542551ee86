package dev.carillon.eventsourced.rule;

/**
 * Checks whether one event and others belong together. All checks together may cost no more than one evaluation. A
 * check that costs too much counts as a yes, because the rule's gate checks again and reports it. Not thread-safe.
 */
public final class Pairing {

    /** Checks whether an event belongs with the current one. */
    interface PairingCheck {
        boolean ask(RuleEvent heard, RuleEvent other, Budget budget);
    }

    private final PairingCheck question;
    private final Budget budget = new Budget(Budget.ANSWER);

    Pairing(PairingCheck question) {
        this.question = question;
    }

    public boolean pairs(RuleEvent heard, RuleEvent other) {
        try {
            return question.ask(heard, other, budget);
        } catch (TooCostlyException leftToTheGate) {
            return true;
        }
    }

    /** See {@link Evaluation#spent}. */
    public long spent() {
        return budget.spent();
    }
}
