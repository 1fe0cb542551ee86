package dev.carillon.eventsourced.ruleset;

import dev.carillon.notification.publishing.TypeUse;
import dev.carillon.notification.template.NotificationType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Protects the notification types of all rules: also of those that are switched off, and of files whose rule the API replaces. */
@ApplicationScoped
class RulesUseTypes implements TypeUse {

    private final ActiveRules active;

    RulesUseTypes(ActiveRules active) {
        this.active = active;
    }

    @Override
    public List<String> objections(String type, @Nullable NotificationType after) {
        return Stream.concat(active.book().rules().stream(), active.now().files().rules().stream())
                .flatMap(rule -> rule.targets().stream()
                        .filter(target -> target.type().equals(type))
                        .flatMap(target -> {
                            if (after == null) {
                                return Stream.of("rule " + rule.id() + " tells of " + type);
                            }
                            var channels = after.channels().containsAll(target.channels())
                                    ? Stream.<String>of()
                                    : Stream.of("rule " + rule.id() + " needs the channels " + target.channels());
                            return target.category() == null
                                            || target.category().equals(after.category())
                                    ? channels
                                    : Stream.concat(
                                            channels,
                                            Stream.of("rule " + rule.id() + " has it in the category "
                                                    + target.category()));
                        }))
                .distinct()
                .toList();
    }
}
