package dev.carillon.eventsourced.ruleset;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.platform.versions.VersionedDocuments;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The rules in force, and every version that was. A broken file stops the start; later it only keeps the old rules. */
@Startup(150) // before the verticles: compiling rules is not for an event loop
@ApplicationScoped
public class ActiveRules {

    /** Timers and digests name the version of their rule; there are seldom many at once. */
    private static final int OLD_VERSIONS = 1_000;

    private final RuleCompiler compiler;
    private final VersionedDocuments documents;
    private final Cache<RuleRef, Rule> old =
            Caffeine.newBuilder().maximumSize(OLD_VERSIONS).build();
    private final List<RuleSource> atStart;
    private volatile RuleSetSnapshot now;

    ActiveRules(RuleFiles files, RuleCompiler compiler, VersionedDocuments documents) {
        this.compiler = compiler;
        this.documents = documents;
        this.atStart = files.read();
        this.now = RuleSetSnapshot.of(compiler.compile(atStart));
    }

    /** The rules that answer events now; never waits. */
    public RuleBook book() {
        return now.book();
    }

    /** A version that is at hand: in force, or asked for lately. Empty says nothing about whether there is one. */
    public Optional<Rule> rule(RuleRef version) {
        return book().rule(version.id())
                .filter(rule -> rule.ref().equals(version))
                .or(() -> Optional.ofNullable(old.getIfPresent(version)));
    }

    /**
     * Any version that was ever in force, switched on or not; empty if there never was one.
     *
     * <p>It is compiled as it was written, whatever became of its notification type and event schemas since. It fails with
     * {@link InvalidRuleException} when this release cannot read the rule any more.
     */
    public Uni<Optional<Rule>> version(RuleRef version) {
        var atHand = rule(version);
        return atHand.isPresent()
                ? Uni.createFrom().item(atHand)
                : documents
                        .version(PublishedRules.TOPIC, version.id(), version.version())
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().item(Optional.empty())
                                : compiled(version, found.get().content()));
    }

    private Uni<Optional<Rule>> compiled(RuleRef version, String yaml) {
        return Uni.createFrom()
                .item(() -> compiler.old(new RuleSource(version.id() + "@" + version.version(), yaml)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .invoke(rule -> old.put(version, rule))
                .map(Optional::of);
    }

    /** The rule in force as it is written. */
    public Optional<String> text(String id) {
        return Optional.ofNullable(now.rules().get(id)).map(ActiveRule::yaml);
    }

    Map<String, ActiveRule> rules() {
        return now.rules();
    }

    /** The files it began with. */
    List<RuleSource> atStart() {
        return atStart;
    }

    RuleSetSnapshot now() {
        return now;
    }

    /** The rules in force change in one step, and one step after the other. */
    synchronized void change(UnaryOperator<RuleSetSnapshot> change) {
        now = change.apply(now);
    }
}
