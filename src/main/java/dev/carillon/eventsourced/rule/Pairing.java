package dev.carillon.eventsourced.rule;

/**
 * Asks of one event and others, one after the other, whether they belong together; all questions together may cost no more than one
 * answer. What costs too much to tell counts as a yes here, for the rule's gate asks again and says that it was too much. Not
 * thread-safe.
 */
public final class Pairing {

    /** Whether an event goes with the one that was heard. */
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
