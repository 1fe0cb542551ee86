package dev.carillon.platform.rest;

import io.quarkus.hibernate.validator.ValidatorFactoryCustomizer;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.hibernate.validator.BaseHibernateValidatorConfiguration;

/**
 * Problems are English whoever asks, and so are the violations they name. {@code quarkus.locales}, which is there for what customers
 * read, would have the messages of a thousand languages looked for at each start.
 */
@Singleton
class EnglishViolations implements ValidatorFactoryCustomizer {

    @Override
    public void customize(BaseHibernateValidatorConfiguration<?> validation) {
        validation.defaultLocale(Locale.ENGLISH).locales(Locale.ENGLISH);
    }
}
