/**
 * Rules as data: YAML and CEL are read and compiled once; then event and facts go in, a decision comes out.
 *
 * <p>Pure: no framework, no database, no clock. One class per clause of a rule ({@code AudienceClause}, {@code CollectClause},
 * {@code NotifyClause} …); {@code RuleReader} names every key a rule may have, {@code Rule} puts the clauses in order.
 */
@NullMarked
package dev.carillon.eventsourced.rule;

import org.jspecify.annotations.NullMarked;
