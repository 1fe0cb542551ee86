package dev.carillon;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.modules.syntax.AllowedModuleDependencies.allow;
import static com.tngtech.archunit.library.modules.syntax.ModuleDependencyScope.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.modules.syntax.ModuleRuleDefinition.modules;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.carillon.apidriven.api.NotificationApi;
import dev.carillon.eventsourced.event.DomainEvent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sentences of docs/architecture.md, as tests. */
class ArchitectureTest {

    private static final JavaClasses APP = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.carillon");

    @Test
    void packages_depend_only_as_the_flow_runs() {
        modules()
                .definedByPackages("dev.carillon.(*)..")
                .should()
                .respectTheirAllowedDependencies(
                        allow().fromModule("bss")
                                .toModules("platform")
                                .fromModule("delivery")
                                .toModules("platform")
                                .fromModule("notification")
                                .toModules("delivery", "platform")
                                .fromModule("eventsourced")
                                .toModules("notification", "bss", "platform")
                                .fromModule("apidriven")
                                .toModules("notification", "bss", "platform")
                                .fromModule("comparison")
                                .toModules("eventsourced", "apidriven", "notification", "delivery", "bss", "platform"),
                        consideringOnlyDependenciesInAnyPackage("dev.carillon.."))
                .check(APP);
    }

    @Test
    void door_one_runs_from_producer_and_intake_to_reaction() {
        modules()
                .definedByPackages("dev.carillon.eventsourced.(*)..")
                .should()
                .respectTheirAllowedDependencies(
                        allow().fromModule("journal")
                                .toModules("event")
                                .fromModule("bus")
                                .toModules("event", "journal")
                                .fromModule("producer")
                                .toModules("event", "bus")
                                .fromModule("intake")
                                .toModules("event", "journal", "bus")
                                .fromModule("audit")
                                .toModules("event", "journal", "rule", "ruleset", "reaction", "timer")
                                .fromModule("activity")
                                .toModules()
                                .fromModule("memory")
                                .toModules("event", "journal")
                                .fromModule("replay")
                                .toModules("journal")
                                .fromModule("ruleset")
                                .toModules("event", "rule")
                                .fromModule("backtest")
                                .toModules("event", "journal", "memory", "rule", "ruleset", "timer", "reaction")
                                .fromModule("timer")
                                .toModules("event", "journal")
                                .fromModule("reaction")
                                .toModules("event", "journal", "bus", "memory", "rule", "ruleset", "timer"),
                        consideringOnlyDependenciesInAnyPackage("dev.carillon.eventsourced.."))
                .check(APP);
    }

    /** This is the claim "loosely coupled". */
    @Test
    void producers_reach_no_notification_type_not_even_transitively() {
        classes()
                .that()
                .resideInAPackage("dev.carillon.eventsourced.producer..")
                .and()
                .haveSimpleNameEndingWith("Service")
                .should()
                .transitivelyDependOnClassesThat(resideInAPackage("dev.carillon.eventsourced.bus.."))
                .check(APP);
        noClasses()
                .that()
                .resideInAPackage("dev.carillon.eventsourced.producer..")
                .should()
                .transitivelyDependOnClassesThat(resideInAnyPackage(
                        "dev.carillon.notification..", "dev.carillon.delivery..", "dev.carillon.apidriven.."))
                .check(APP);
    }

    @Test
    void rules_are_pure() {
        noClasses()
                .that()
                .resideInAPackage("dev.carillon.eventsourced.rule..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io..", "jakarta..", "org.eclipse..")
                .check(APP);
    }

    @Test
    void every_event_is_a_record() {
        classes()
                .that()
                .areAssignableTo(DomainEvent.class)
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .check(APP);
    }

    @Test
    void the_bus_belongs_to_bus_and_dispatch() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.carillon.eventsourced.bus..",
                        "dev.carillon.eventsourced.reaction..",
                        "dev.carillon.delivery.dispatch..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.vertx.core.eventbus..", "io.vertx.mutiny.core.eventbus.."))
                .check(APP);
    }

    @Test
    void rest_belongs_to_classes_called_resource_filter_mapper_body_view_or_query() {
        noClasses()
                .that(not(nameMatching(".*(Resource|Filter|Mapper|Body|View|Query)(\\$.*)?")))
                .and()
                .resideOutsideOfPackage("dev.carillon.platform..")
                .and()
                .doNotBelongToAnyOf(NotificationApi.class) // the callers' client
                .should()
                .dependOnClassesThat(resideInAPackage("jakarta.ws.rs.."))
                .check(APP);
    }

    @Test
    void sql_belongs_to_classes_called_pg() {
        noClasses()
                .that(not(simpleNameStartingWith("Pg").or(nameMatching(".*\\.Pg[A-Za-z]+\\$.*"))))
                .and()
                .resideOutsideOfPackage("dev.carillon.platform.postgres..") // starts the server, asks it who it is
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.vertx.mutiny.sqlclient..", "io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql.."))
                .check(APP);
    }

    @Test
    void qute_belongs_to_template() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.carillon.notification.template..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.quarkus.qute.."))
                .check(APP);
    }

    @Test
    void mail_belongs_to_the_email_channel() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.carillon.delivery.email..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.quarkus.mailer..", "io.vertx.ext.mail..", "io.vertx.mutiny.ext.mail.."))
                .check(APP);
    }

    @Test
    void packages_are_free_of_cycles() {
        slices().matching("dev.carillon.(**)").should().beFreeOfCycles().check(APP);
    }

    @Test
    void time_comes_in_by_a_clock() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.carillon.platform.value..", "dev.carillon.platform.postgres..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(APP);
    }

    /**
     * The scheduler starts before the application has: what ran then would find a database without its schema, or events without
     * the rules that answer them. Jobs waits for the application, and guards each job alike.
     */
    @Test
    void scheduling_belongs_to_jobs() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.carillon.platform.jobs..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.quarkus.scheduler.."))
                .check(APP);
    }

    /** The API's document lists the words of an enum by calling them, from outside. */
    @Test
    void what_an_enum_is_called_in_json_can_be_asked_from_outside() {
        methods()
                .that()
                .areAnnotatedWith(JsonValue.class)
                .and()
                .areDeclaredInClassesThat()
                .areEnums()
                .should()
                .bePublic()
                .andShould()
                .beDeclaredInClassesThat()
                .arePublic()
                .check(APP);
    }

    @Test
    void nothing_is_injected_into_fields() {
        noFields().should().beAnnotatedWith(Inject.class).check(APP);
    }

    @Test
    void no_package_name_stands_twice() {
        var names = APP.stream()
                .map(JavaClass::getPackageName)
                .distinct()
                .collect(Collectors.groupingBy(name -> name.substring(name.lastIndexOf('.') + 1), Collectors.toList()));
        assertThat(names).allSatisfy((name, packages) -> assertThat(packages).hasSize(1));
    }

    /** A name is one thing: docs/adr/0026. */
    @Test
    void no_type_name_stands_twice() {
        var names = APP.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.isEmpty() && !name.equals("package-info"))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(names).allSatisfy((name, types) -> assertThat(types).as(name).isEqualTo(1));
    }
}
