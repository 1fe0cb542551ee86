package dev.carillon.comparison;

import dev.carillon.apidriven.caller.BillingCaller;
import dev.carillon.apidriven.caller.CustomerCaller;
import dev.carillon.apidriven.caller.OrderingCaller;
import dev.carillon.apidriven.caller.PricingCaller;
import dev.carillon.apidriven.caller.PromotionsCaller;
import dev.carillon.eventsourced.producer.BillingService;
import dev.carillon.eventsourced.producer.CustomerService;
import dev.carillon.eventsourced.producer.OrderingService;
import dev.carillon.eventsourced.producer.PricingService;
import dev.carillon.eventsourced.producer.PromotionsService;
import dev.carillon.platform.steps.Step;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each team depends on, read from its constructor. General machinery (clock, transactions) is left out; what
 * remains is other teams and how to reach them.
 */
@RegisterForReflection(
        targets = {
            OrderingService.class,
            PricingService.class,
            PromotionsService.class,
            BillingService.class,
            CustomerService.class,
            OrderingCaller.class,
            PricingCaller.class,
            PromotionsCaller.class,
            BillingCaller.class,
            CustomerCaller.class
        })
final class Dependencies {

    private static final Map<String, Class<?>> TEAMS = Stream.of(
                    OrderingService.class,
                    PricingService.class,
                    PromotionsService.class,
                    BillingService.class,
                    CustomerService.class,
                    OrderingCaller.class,
                    PricingCaller.class,
                    PromotionsCaller.class,
                    BillingCaller.class,
                    CustomerCaller.class)
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    /** What teams do that have no Java: on whom they depend, their steps say. */
    private static final Set<Step.StepKind> TEAM_STEPS =
            EnumSet.of(Step.StepKind.PUBLISH, Step.StepKind.CALL, Step.StepKind.LOOKUP_BY_DOMAIN_TEAM);

    private Dependencies() {}

    static Map<String, List<String>> of(RunReport report) {
        var dependencies = new TreeMap<String, List<String>>();
        report.steps().stream()
                .map(Step::component)
                .filter(TEAMS::containsKey)
                .distinct()
                .forEach(team -> dependencies.put(team, of(TEAMS.get(team))));
        report.steps().stream()
                .filter(step -> !TEAMS.containsKey(step.component()))
                .filter(step -> TEAM_STEPS.contains(step.kind()))
                .collect(Collectors.groupingBy(
                        Step::component, Collectors.mapping(Step::target, Collectors.toCollection(TreeSet::new))))
                .forEach((team, called) -> dependencies.put(team, List.copyOf(called)));
        return dependencies;
    }

    static List<String> of(Class<?> team) {
        return Arrays.stream(team.getDeclaredConstructors())
                .flatMap(constructor -> Arrays.stream(constructor.getParameterTypes()))
                .filter(type -> type.getName().startsWith("dev.carillon.")
                        && !type.getName().startsWith("dev.carillon.platform."))
                .map(type -> type.getSimpleName().replaceFirst("^Pg", ""))
                .filter(name -> !name.equals("Records"))
                .distinct()
                .sorted()
                .toList();
    }
}
