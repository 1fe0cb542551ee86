package dev.carillon.platform.rest;

import io.quarkus.hibernate.validator.ValidatorFactoryCustomizer;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.hibernate.validator.BaseHibernateValidatorConfiguration;

/**
 * Keeps validation messages in English for every caller, like all problems. {@code quarkus.locales}, which the native binary has set for
 * customers' texts, would otherwise load the messages of a thousand languages at each start.
 */
@Singleton
class EnglishViolations implements ValidatorFactoryCustomizer {

    @Override
    public void customize(BaseHibernateValidatorConfiguration<?> validation) {
        validation.defaultLocale(Locale.ENGLISH).locales(Locale.ENGLISH);
    }
}
