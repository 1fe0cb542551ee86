package dev.carillon.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URL;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the configuration that comes along makes of what Main has seen and of what somebody said. */
class LogStyleTest {

    private static final int OF_SYSTEM_PROPERTIES = 400;
    private static final int OF_THE_ENVIRONMENT = 300;
    private static final int OF_THE_FILE = 250;

    @ParameterizedTest
    @CsvSource({"prod,true", "prod,false", "dev,true", "dev,false", "staging,true", "staging,false"})
    void what_is_said_wins_over_what_was_seen(String profile, boolean readByPrograms) throws IOException {
        for (var setting : new String[] {"CARILLON_LOG_JSON", "QUARKUS_LOG_CONSOLE_JSON_ENABLED"}) {
            assertThat(isJson(profile, readByPrograms, Map.of(setting, "true")))
                    .as(setting)
                    .isTrue();
            assertThat(isJson(profile, readByPrograms, Map.of(setting, "false")))
                    .as(setting)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "prod,true,true",
        "prod,false,false",
        "staging,true,true",
        "staging,false,false",
        "dev,true,false",
        "dev,false,false",
        "test,true,false"
    })
    void where_nothing_is_said_programs_get_json(String profile, boolean readByPrograms, boolean json)
            throws IOException {
        assertThat(isJson(profile, readByPrograms, Map.of())).isEqualTo(json);
    }

    private static boolean isJson(String profile, boolean readByPrograms, Map<String, String> environment)
            throws IOException {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfile(profile)
                .withSources(
                        new PropertiesConfigSource(
                                Map.of(Main.READ_BY_PROGRAMS, Boolean.toString(readByPrograms)),
                                "as Main sets it",
                                OF_SYSTEM_PROPERTIES),
                        new EnvConfigSource(environment, OF_THE_ENVIRONMENT),
                        new PropertiesConfigSource(comesAlong(), OF_THE_FILE))
                .build()
                .getValue("quarkus.log.console.json.enabled", Boolean.class);
    }

    private static URL comesAlong() {
        return Main.class.getResource("/application.properties");
    }
}
