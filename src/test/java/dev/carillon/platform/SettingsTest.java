package dev.carillon.platform;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.delivery.circuit.CircuitSettings;
import dev.carillon.delivery.dispatch.DispatchSettings;
import dev.carillon.delivery.email.SendGridSettings;
import dev.carillon.delivery.endpoint.HttpEndpointSettings;
import dev.carillon.delivery.push.ApnsSettings;
import dev.carillon.eventsourced.backtest.BacktestSettings;
import dev.carillon.eventsourced.reaction.ReactionSettings;
import dev.carillon.eventsourced.ruleset.RuleSettings;
import dev.carillon.notification.template.TemplateSettings;
import dev.carillon.platform.http.HttpSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A time that is none stops the start, and the message says which setting it is. */
class SettingsTest {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    @ParameterizedTest
    @MethodSource("times")
    void no_time_at_all_is_refused_by_name(Class<?> settings, String name) {
        var key = settings.getAnnotation(ConfigMapping.class).prefix() + "." + name;
        for (var none : new String[] {"PT0S", "PT-1S", "soon"}) {
            assertThatThrownBy(() -> read(settings, Map.of(key, none)))
                    .as(key + "=" + none)
                    .hasMessageContaining(key);
        }
    }

    static Stream<Arguments> times() {
        return Stream.of(
                Arguments.of(SendGridSettings.class, "timeout"),
                Arguments.of(ApnsSettings.class, "timeout"),
                Arguments.of(HttpEndpointSettings.class, "timeout"),
                Arguments.of(DispatchSettings.class, "sweep"),
                Arguments.of(ReactionSettings.class, "sweep"),
                Arguments.of(RuleSettings.class, "look-every"),
                Arguments.of(TemplateSettings.class, "look-every"),
                Arguments.of(CircuitSettings.class, "pause"),
                Arguments.of(HttpSettings.class, "head-timeout"),
                Arguments.of(BacktestSettings.class, "deadline"));
    }

    private static void read(Class<?> settings, Map<String, String> said) {
        new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(settings)
                .withDefaultValues(said)
                .withDefaultValue("carillon.http.large-answers", "/audit/*")
                .withValidateUnknown(false)
                .withValidator((BeanValidationConfigValidator) () -> VALIDATOR)
                .build();
    }
}
