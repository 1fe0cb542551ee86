/**
 * Rules as data: YAML and CEL are read and compiled once; then event and facts go in, a decision comes out.
 *
 * <p>Pure: no framework, no database, no clock. A field of a rule is three things: its form in {@code
 * docs/rules.schema.json}, a component of its clause's record ({@code NotifyClause}, {@code ThrottleClause} …; a clause
 * itself is one of {@code Clauses}), and what {@code Evaluation} does with it. {@code RuleReader} checks what fields ask
 * of each other.
 */
@NullMarked
package dev.carillon.eventsourced.rule;

import org.jspecify.annotations.NullMarked;
