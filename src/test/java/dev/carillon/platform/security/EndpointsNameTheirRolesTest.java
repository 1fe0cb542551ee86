package dev.carillon.platform.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import org.junit.jupiter.api.Test;

/** Deny by default: whoever adds an endpoint says who may call it. */
class EndpointsNameTheirRolesTest {

    private static final JavaClasses APP = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.carillon");

    private static final DescribedPredicate<JavaMethod> ARE_ENDPOINTS = new DescribedPredicate<>("are endpoints") {
        @Override
        public boolean test(JavaMethod method) {
            return !method.getOwner().isInterface()
                    && method.getAnnotations().stream()
                            .anyMatch(found -> found.getRawType().isAnnotatedWith(HttpMethod.class));
        }
    };

    @Test
    void every_endpoint_names_its_roles() {
        methods().that(ARE_ENDPOINTS).should(nameTheirRoles()).check(APP);
    }

    private static ArchCondition<JavaMethod> nameTheirRoles() {
        return new ArchCondition<>("name their roles") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                JavaClass resource = method.getOwner();
                boolean named = method.isAnnotatedWith(RolesAllowed.class)
                        || method.isAnnotatedWith(PermitAll.class)
                        || resource.isAnnotatedWith(RolesAllowed.class);
                events.add(new SimpleConditionEvent(method, named, method.getFullName() + " names no roles"));
            }
        };
    }
}
