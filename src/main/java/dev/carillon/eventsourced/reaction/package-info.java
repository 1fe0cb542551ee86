/**
 * Door 1 decides. A bell wakes the {@code ReactionLoop} of its address, which claims a batch of {@code Trigger}s: events
 * and due timers. In one transaction the {@code Reaction} finds the rules that hear each ({@code Rules}), the events they are
 * related to ({@code RelatedEvents}) and what memory knew then ({@code LoadedFacts}), asks the rules' event gates
 * ({@code RuleEvaluation}), and loads the customers they address ({@code Audiences}). The {@code DecisionStage} decides
 * about each {@code Candidate}: a command to the pipeline, a timer or digest, or a record of why not. Live or in a backtest
 * the same reaction runs; the ports differ: {@code Rules}, {@code CollectedSets}, {@code TimerStore}, {@code DecisionSink}.
 */
@NullMarked
package dev.carillon.eventsourced.reaction;

import org.jspecify.annotations.NullMarked;
